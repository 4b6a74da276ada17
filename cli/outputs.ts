/** What a run has left in its folders, read back for the summary and the report. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Draw } from '../dictionary/draw.ts'
import { entriesOf, nameOf, type PairEntry } from '../dictionary/entries.ts'
import {
  type EvaluationFile,
  evaluationName,
  evaluationShape,
  scoreShape,
  scoresName,
} from '../evaluation/judgement-files.ts'
import { isLink } from '../language/mate.ts'
import { FatalError } from '../runtime/errors.ts'
import type { Score } from '../schemas/types.ts'
import type { Workspace } from './workspace.ts'

export interface PairSource {
  readonly source: string
  readonly pairs: number
  /** Drawn by the hash of the pair: the same at every look, from all over the alphabet. */
  readonly samples: readonly PairEntry[]
}

export interface Pairs {
  readonly total: number
  readonly splits: Readonly<Record<'train' | 'val' | 'test', number>>
  /** Most pairs first. */
  readonly sources: readonly PairSource[]
  /** Titles of pages in both languages, drawn likewise from each side of the split. */
  readonly titles: Readonly<Record<'train' | 'val' | 'test', readonly PairEntry[]>>
}

const samplesPerSource = 10

/** The dictionary of the run. */
export function pairsFile(workspace: Workspace): string {
  return join(workspace.data, 'synonyms', 'combined_synonyms.json')
}

/** Reads the file line by line, for that of two whole Wikipedias does not fit a string. Undefined where there is none. */
export async function readPairs(workspace: Workspace): Promise<Pairs | undefined> {
  const file = pairsFile(workspace)
  if (!existsSync(file)) return undefined
  const splits = { train: 0, val: 0, test: 0 }
  const sources = new Map<string, { pairs: number; drawn: Draw<PairEntry> }>()
  const titles = { train: newDraw(), val: newDraw(), test: newDraw() }
  let total = 0
  for await (const entry of entriesOf(file)) {
    total++
    splits[entry.split]++
    const source = sources.get(entry.source) ?? { pairs: 0, drawn: newDraw() }
    sources.set(entry.source, source)
    source.pairs++
    source.drawn.add(nameOf(entry), entry)
    if (entry.evidence.some(isLink)) titles[entry.split].add(nameOf(entry), entry)
  }
  return {
    total,
    splits,
    sources: [...sources]
      .map(([source, { pairs, drawn }]) => ({ source, pairs, samples: drawn.values() }))
      .sort((a, b) => b.pairs - a.pairs || (a.source < b.source ? -1 : 1)),
    titles: { train: titles.train.values(), val: titles.val.values(), test: titles.test.values() },
  }
}

function newDraw(): Draw<PairEntry> {
  return new Draw(samplesPerSource)
}

export interface PublishedModel {
  readonly name: string
  readonly folder: string
  /** Empty where it was not evaluated. */
  readonly scores: readonly Score[]
  /** What evaluation.json says beside the scores; undefined where there is none. */
  readonly evaluation?: EvaluationFile | undefined
}

/** Folder of an exported model: the one of that name, or the latest; undefined where there is none. */
export function findExport(workspace: Workspace, name?: string): { name: string; folder: string } | undefined {
  const exports = join(workspace.models, 'exports')
  if (!existsSync(exports)) return undefined
  const modelOf = (folder: string) => join(exports, folder, 'onnx', 'model.onnx')
  const found = readdirSync(exports)
    .filter((folder) => (name === undefined ? !folder.startsWith('.') : folder === name) && existsSync(modelOf(folder)))
    .map((folder) => ({ name: folder, folder: join(exports, folder), atMs: statSync(modelOf(folder)).mtimeMs }))
    .sort((a, b) => b.atMs - a.atMs || (a.name < b.name ? -1 : 1))
  return found[0]
}

export async function readPublished(workspace: Workspace): Promise<PublishedModel | undefined> {
  const found = findExport(workspace)
  if (!found) return undefined
  const scores = await judgedIn(join(found.folder, scoresName), z.array(scoreShape))
  const evaluation = await judgedIn(join(found.folder, evaluationName), evaluationShape)
  return { ...found, scores: scores ?? [], evaluation }
}

/** Undefined where the model was not judged. */
async function judgedIn<Shape extends z.ZodType>(file: string, shape: Shape): Promise<z.output<Shape> | undefined> {
  if (!existsSync(file)) return undefined
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new FatalError('SCORES', 'the scores cannot be read', {
      at: { file },
      hint: 'Run naru evaluate again.',
      cause,
    })
  }
}

export interface OutputFile {
  /** Relative to the root that it lies below, `models/…` for models. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** Below wikipedia/ lie the dumps too: they are inputs, and too large to be hashed again. */
const inputsFolder = 'wikipedia/dumps'

/** The data sets and the model's files, in the order of the phases. */
export function outputFiles(workspace: Workspace): OutputFile[] {
  const folders = ['wikipedia', 'synonyms', 'training'].map((name) => ({ name, path: join(workspace.data, name) }))
  const published = findExport(workspace)
  if (published) folders.push({ name: `models/exports/${published.name}`, path: published.folder })
  return folders.flatMap(({ name, path }) => filesBelow(path, name))
}

function filesBelow(folder: string, name: string): OutputFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory())
        return `${name}/${entry.name}` === inputsFolder ? [] : filesBelow(path, `${name}/${entry.name}`)
      return entry.isFile() ? [{ name: `${name}/${entry.name}`, path, bytes: statSync(path).size }] : []
    })
}
