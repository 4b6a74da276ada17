/** Exports of the toy encoder, trained for some seconds, and articles of its world. */
import { join } from 'node:path'
import { trainingBatches } from '../../model/batches.ts'
import { latestCheckpoint } from '../../model/checkpoint.ts'
import { exportModel } from '../../model/export/export-model.ts'
import { createTrainer } from '../../model/trainer.ts'
import type { ArticleLine } from '../../opensearch/documents.ts'
import { toyExamples, toySettings, toyTitles, toyTokenizerJson } from '../model/toy.ts'

/** Trains with the seed and exports into `folder`; another seed is another model. */
export async function toyExport(folder: string, seed: number): Promise<string> {
  const stateDir = join(folder, `checkpoints-${seed}`)
  const config = toySettings
  const trainer = await createTrainer({ config, tokenizerJson: toyTokenizerJson, seed, stateDir, resume: false })
  for (const batch of trainingBatches(toyExamples, { seed, batchSize: 8, epochs: 20 })) await trainer.step(batch)
  await trainer.checkpoint(stateDir)
  await trainer.close()
  const checkpoint = await latestCheckpoint(stateDir)
  const exported = join(folder, 'exports', `toy-${seed}`)
  await exportModel(checkpoint!, exported, { name: `toy-${seed}`, texts: [...toyTitles.korean, ...toyTitles.english] })
  return exported
}

/** An article a word in each language, then a redirect, which is no document. */
export const toyArticles: readonly ArticleLine[] = [
  ...toyTitles.korean.map((title, at) => article('ko', at + 1, title, `${title}은 것 이다`)),
  ...toyTitles.english.map((title, at) => article('en', at + 1, title, `the ${title} is a thing`)),
  { ...article('en', 99, 'aqua', ''), kind: 'redirect' },
]

function article(language: string, pageId: number, title: string, lead: string): ArticleLine {
  return { wiki: `${language}wiki`, language, pageId, title, kind: 'article', lead }
}

export async function* streamOf<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}
