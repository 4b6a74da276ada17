import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { specialTokens } from '../../language/vocabulary.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { type TrainingSettings, trainingSettings } from '../../model/settings.ts'

/** A toy bilingual world: twelve things, each with a word in either language and a sentence about it. */

const words: readonly (readonly [string, string])[] = [
  ['물', 'water'],
  ['불', 'fire'],
  ['산', 'mountain'],
  ['강', 'river'],
  ['달', 'moon'],
  ['해', 'sun'],
  ['별', 'star'],
  ['개', 'dog'],
  ['말', 'horse'],
  ['소', 'cow'],
  ['닭', 'hen'],
  ['쌀', 'rice'],
]

const filling = ['the', 'is', 'a', 'thing', '이다', '것', '##은', '##는']

export const toyTokenizerJson = serialiseTokenizer(tokenizerFile([...specialTokens, ...words.flat(), ...filling], 16))

const koreanSentence = (word: string) => `${word}은 것 이다`
const englishSentence = (word: string) => `the ${word} is a thing`

/** Two examples a word: each title with the other language's sentence, and the next word's sentence as hard negative. */
export const toyExamples: readonly TrainingExample[] = words.flatMap(([korean, english], i) => {
  const [nextKorean, nextEnglish] = words[(i + 1) % words.length]!
  const synonym_pairs = [[korean, english] as const]
  return [
    {
      query: korean,
      positive_doc: englishSentence(english),
      negative_docs: [englishSentence(nextEnglish)],
      synonym_pairs,
    },
    {
      query: english,
      positive_doc: koreanSentence(korean),
      negative_docs: [koreanSentence(nextKorean)],
      synonym_pairs,
    },
  ]
})

export const toyTitles = { korean: words.map(([word]) => word), english: words.map(([, word]) => word) }

export const toySettings: TrainingSettings = trainingSettings.parse({
  network: { hiddenSize: 32, layers: 1, heads: 2, feedForwardSize: 32, embeddingDeviation: 0.1, maxLength: 16 },
  losses: { gammaSparsity: 0.1, sparsityWarmupSteps: 20, activationShare: 3 },
  optimiser: { learningRate: 1e-2, warmupSteps: 5, totalSteps: 60, beta2: 0.99 },
  batch: { examples: 8, negatives: 1, queryLengths: [4], documentLengths: [8], synonymTargets: 2 },
  initialActiveTerms: 8,
  threads: 1,
})
