import { Tokenizer } from '../../language/tokenizer.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { inverseDocumentFrequencies } from '../../model/idf.ts'
import type { TrainingSettings } from '../../model/settings.ts'

/** Inverse document frequencies over the documents of the examples, where the settings use them. */
export function frequenciesFor(
  { losses }: TrainingSettings,
  examples: Iterable<TrainingExample>,
  tokenizerJson: string,
): Float32Array | undefined {
  if (losses.idfPenalty === 0 && losses.queryEncoding === 'model') return undefined
  const documents = new Set<string>()
  for (const { positive_doc, negative_docs } of examples) {
    for (const document of [positive_doc, ...negative_docs]) documents.add(document)
  }
  return inverseDocumentFrequencies(documents, Tokenizer.parse(tokenizerJson))
}
