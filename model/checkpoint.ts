import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Tokenizer } from '../language/tokenizer.ts'
import { FatalError } from '../runtime/errors.ts'
import { writeFailure } from '../runtime/files.ts'
import { hashFile } from './export/manifest.ts'
import { idfJson, parseIdf } from './idf.ts'
import { type TrainingSettings, trainingSettings } from './settings.ts'
import type { Progress } from './training-engine.ts'
import { readSafetensors, type StoredTensor, safetensorsParts } from './weights.ts'

/**
 * A checkpoint is a folder `step-00000120` with all that a run needs to go on, or an encoder to be exported:
 * `model.safetensors` (the weights, or their average where one is kept, under Hugging Face's names), `optimiser.safetensors` (AdamW's moments, and
 * then the weights themselves), `tokenizer.json`,
 * `idf.json` where queries are made of it (OpenSearch's form: term to IDF), `position.json` (where it stands in its data), and `state.json` (step, generator, settings, and the SHA-256 of the other files). It is written beside its place, synced,
 * and moved there as a whole: a folder of that name is always complete.
 */
export interface CheckpointContent {
  readonly settings: TrainingSettings
  readonly progress: Progress
  readonly tokenizerJson: string
  /** Parameters and moments by name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** f32 [vocabulary]: inverse document frequencies, with which an encoder of documents alone is queried. */
  readonly idf?: Float32Array | undefined
}

export interface WrittenCheckpoint {
  readonly path: string
  /** Of state.json, which holds the hashes of the other files: names the whole content. */
  readonly sha256: string
  readonly step: number
}

const formatVersion = 1
const files = {
  model: 'model.safetensors',
  optimiser: 'optimiser.safetensors',
  tokenizer: 'tokenizer.json',
  idf: 'idf.json',
} as const
const stateFile = 'state.json'
const positionFile = 'position.json'
const folderPattern = /^step-(\d{8})$/

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const stateShape = z.strictObject({
  format: z.literal(formatVersion),
  progress: z.strictObject({
    step: z.int().min(0),
    randomness: z.int().min(0),
    calibrated: z.boolean(),
    penaltyFactor: z.number().positive().max(1).default(1),
    updatesBefore: z.int().min(0).default(0),
  }),
  settings: trainingSettings,
  sha256: z.strictObject({
    [files.model]: hash,
    [files.optimiser]: hash,
    [files.tokenizer]: hash,
    [files.idf]: hash.optional(),
  }),
})

/**
 * Where a run stands in its data: what it has read of the topic, and what comes next of the examples. Beside the content and no part
 * of its hash: the same examples lie at other offsets of another broker, and make the same model.
 */
export type DataPosition = z.output<typeof dataPosition>
const dataPosition = z.strictObject({
  /** Next offset by topic-partition: the examples are those before it. */
  offsets: z.record(z.string(), z.int().min(0)),
  /** Whole epochs that are done. */
  epoch: z.int().min(0),
  /** Batches done of the next one. */
  batch: z.int().min(0),
})

/** Writes a checkpoint into `folder`. One of the same step that is there already is replaced. */
export async function writeCheckpoint(
  folder: string,
  content: CheckpointContent,
  position?: DataPosition,
): Promise<WrittenCheckpoint> {
  const { settings, progress, tokenizerJson, tensors, idf } = content
  const place = checkpointOf(folder, progress.step)
  const draft = `${place}.partial`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  const isMoment = (name: string) => name.includes(':')
  const part = (moments: boolean) => new Map([...tensors].filter(([name]) => isMoment(name) === moments))
  const sha256 = {
    [files.model]: await writeSynced(join(draft, files.model), safetensorsParts(part(false), { format: 'pt' })),
    [files.optimiser]: await writeSynced(join(draft, files.optimiser), safetensorsParts(part(true))),
    [files.tokenizer]: await writeSynced(join(draft, files.tokenizer), [Buffer.from(tokenizerJson)]),
    ...(idf && { [files.idf]: await writeSynced(join(draft, files.idf), [Buffer.from(idfJson(idf, tokenizerJson))]) }),
  }
  if (position) await writeSynced(join(draft, positionFile), [Buffer.from(`${JSON.stringify(position, null, 2)}\n`)])
  const state = `${JSON.stringify({ format: formatVersion, progress, settings, sha256 }, null, 2)}\n`
  const stateHash = await writeSynced(join(draft, stateFile), [Buffer.from(state)])
  await rm(place, { recursive: true, force: true })
  await rename(draft, place)
  await syncFolder(folder)
  return { path: place, sha256: stateHash, step: progress.step }
}

/** Where the checkpoint of a step lies. */
export function checkpointOf(folder: string, step: number): string {
  return join(folder, `step-${String(step).padStart(8, '0')}`)
}

/** SHA-256 of a checkpoint's state.json, as `writeCheckpoint` gave it; undefined where there is none. */
export async function checkpointHash(path: string): Promise<string | undefined> {
  const state = await readFile(join(path, stateFile)).catch(() => undefined)
  return state && createHash('sha256').update(state).digest('hex')
}

/** Where the run of a checkpoint stood in its data; undefined where that was not said. Throws FatalError CHECKPOINT_INVALID. */
export async function readPosition(path: string): Promise<DataPosition | undefined> {
  const bytes = await readFile(join(path, positionFile)).catch(() => undefined)
  if (!bytes) return undefined
  try {
    return dataPosition.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw invalid(path, positionFile, 'it is no position', cause)
  }
}

/** Sizes of the encoder in a checkpoint; undefined where the folder is none. Throws as `readCheckpoint`. */
export async function checkpointNetwork(
  path: string,
): Promise<{ readonly network: TrainingSettings['network']; readonly vocabularySize: number } | undefined> {
  const bytes = await readFile(join(path, stateFile)).catch(() => undefined)
  if (!bytes) return undefined
  const { network } = parseState(path, bytes).settings
  const tokenizer = Tokenizer.parse((await readPart(path, files.tokenizer)).toString('utf8'))
  return { network, vocabularySize: tokenizer.vocabularySize }
}

/** Reads a checkpoint and verifies it. Throws FatalError CHECKPOINT_INVALID when a file is missing, damaged or of another format. */
export async function readCheckpoint(path: string): Promise<CheckpointContent> {
  const state = parseState(path, await readPart(path, stateFile))
  for (const [name, expected] of Object.entries(state.sha256)) {
    const found = await hashOf(path, name)
    if (found !== expected) throw invalid(path, name, `its SHA-256 is ${found}, not ${expected}`)
  }
  const tensors = new Map([
    ...(await readSafetensors(join(path, files.model))),
    ...(await readSafetensors(join(path, files.optimiser))),
  ])
  const tokenizerJson = (await readPart(path, files.tokenizer)).toString('utf8')
  const idf = state.sha256[files.idf] && parseIdf((await readPart(path, files.idf)).toString('utf8'), tokenizerJson)
  return { settings: state.settings, progress: state.progress, tokenizerJson, tensors, ...(idf && { idf }) }
}

/** The checkpoint of the highest step in a folder, if there is any. Unfinished ones have another name and do not count. */
export async function latestCheckpoint(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const latest = names
    .filter((name) => folderPattern.test(name))
    .sort()
    .at(-1)
  return latest === undefined ? undefined : join(folder, latest)
}

async function readPart(path: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(path, name))
  } catch (cause) {
    throw unreadable(path, name, cause)
  }
}

/** SHA-256 of a file, which may be too large to be in memory beside the tensors that are read from it. */
async function hashOf(path: string, name: string): Promise<string> {
  try {
    return (await hashFile(join(path, name))).sha256
  } catch (cause) {
    throw unreadable(path, name, cause)
  }
}

function unreadable(path: string, name: string, cause: unknown): FatalError {
  return invalid(path, name, 'it cannot be read', cause)
}

function parseState(path: string, bytes: Buffer): z.output<typeof stateShape> {
  try {
    return stateShape.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw invalid(path, stateFile, 'it is not the state of a checkpoint of this version', cause)
  }
}

function invalid(path: string, name: string, why: string, cause?: unknown): FatalError {
  return new FatalError('CHECKPOINT_INVALID', `${name}: ${why}`, {
    at: { file: join(path, name) },
    hint: 'remove this checkpoint; the run then resumes from the one before',
    cause,
  })
}

/** Writes and syncs a new file; gives its SHA-256. */
async function writeSynced(file: string, parts: Iterable<Uint8Array>): Promise<string> {
  const sha256 = createHash('sha256')
  const handle = await open(file, 'wx')
  try {
    for (const part of parts) {
      sha256.update(part)
      await handle.writeFile(part)
    }
    await handle.sync()
  } catch (cause) {
    throw writeFailure(file, cause)
  } finally {
    await handle.close()
  }
  return sha256.digest('hex')
}

/** Without it a crash of the machine can lose the new name although the file's bytes are safe. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
