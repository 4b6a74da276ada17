import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'
import { articles } from '../../wiki/index.ts'
import { edgeTexts } from './edge-texts.ts'

const parityTextCount = 500

/**
 * 500 texts on which the forms of an export are compared: those of `edge-texts.ts`, and titles and leads in turn of articles of
 * the bundled sample, as many of either language, from all over its dumps.
 */
export async function parityTexts(): Promise<readonly string[]> {
  const drawn = parityTextCount - edgeTexts.length
  const korean = await textsOf('kowiki', Math.ceil(drawn / 2))
  const english = await textsOf('enwiki', Math.floor(drawn / 2))
  return [...edgeTexts, ...korean, ...english]
}

async function textsOf(wiki: string, count: number): Promise<readonly string[]> {
  const read: string[][] = []
  const fields = ['title', 'lead'] as const
  for await (const { title, lead } of articles(join(sampleFolder(), wiki), { fields, workers: 1 })) {
    if (lead !== '') read.push([title.normalize('NFC'), lead.normalize('NFC')])
  }
  const places = Array.from({ length: count }, (_, i) => Math.floor((i * read.length) / count))
  return places.map((place, i) => read[place]![i % 2]!)
}

/** The later of the sample's dumps. */
function sampleFolder(): string {
  const sample = join(packageRoot, 'dataset', 'sample')
  const date = readdirSync(sample)
    .filter((name) => /^\d{8}$/.test(name))
    .sort()
    .at(-1)!
  return join(sample, date)
}
