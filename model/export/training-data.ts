import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CardFacts, cardFacts, cardFactsName } from '../../dictionary/card-facts.ts'

/** What a model card says of where the model comes from. */
export interface TrainingData {
  /** Names data and settings of the run: the folder of its checkpoints. */
  readonly run: string
  /** Validation figures at the end of training by name; none of a checkpoint that is exported by itself. */
  readonly metrics: Readonly<Record<string, number>>
  /** The dictionary of the same run, where its card is there. */
  readonly dictionary?: Pick<CardFacts, 'languages' | 'dumps' | 'lists' | 'pairs' | 'files'>
}

/** @param dictionaryDir folder of the dictionary, whose card names the dumps */
export async function readTrainingData(
  checkpointDir: string,
  dictionaryDir: string,
  metrics: TrainingData['metrics'],
): Promise<TrainingData> {
  const run = basename(dirname(checkpointDir))
  const text = await readFile(join(dictionaryDir, cardFactsName), 'utf8').catch(() => undefined)
  const facts = text === undefined ? undefined : cardFacts.safeParse(JSON.parse(text))
  return { run, metrics, ...(facts?.success && { dictionary: facts.data }) }
}
