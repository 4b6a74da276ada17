/**
 * Models from Hugging Face's hub or a server that speaks as it does: the files of one revision, each verified with what the
 * hub says of it, in a folder that has its name only when it is whole.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { writeFailure } from '../runtime/files.ts'
import { checksumMismatch, hashFile, mismatchOf } from './checksums.ts'
import { download } from './download.ts'
import { type Http, request, withRetries } from './http.ts'
import { shown } from './refusals.ts'

const defaultHub = 'https://huggingface.co'

export interface HubAccess {
  readonly endpoint: string
  readonly token: string | undefined
}

/** HF_ENDPOINT and HF_TOKEN, as huggingface_hub reads them. Throws ConfigError LOCATION_INVALID for an endpoint that is no URL. */
export function hubAccessFrom(environment: Readonly<Record<string, string | undefined>>): HubAccess {
  const endpoint = (environment.HF_ENDPOINT || defaultHub).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError('LOCATION_INVALID', 'HF_ENDPOINT is no address', {
      hint: `it begins with https://, such as ${defaultHub}`,
    })
  }
  return { endpoint, token: environment.HF_TOKEN?.trim() || undefined }
}

export interface ModelName {
  /** `org/name`, or `name` for the oldest. */
  readonly repository: string
  /** Branch, tag or commit. */
  readonly revision: string
}

/** `org/name`, `name`, either with `@revision` (default main). Undefined for what cannot be a name. */
export function parseModelName(text: string): ModelName | undefined {
  const found = /^([\w-][\w.-]*(?:\/[\w-][\w.-]*)?)(?:@([\w.-][\w./-]*))?$/.exec(text)
  if (!found?.[1] || text.includes('..')) return undefined
  return { repository: found[1], revision: found[2] ?? 'main' }
}

/** What the hub says of a revision. `blobId` is git's hash of a small file; a large one has its SHA-256 under `lfs`. */
const revisionShape = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().min(0).optional(),
      blobId: z.string().optional(),
      lfs: z.object({ sha256: z.string(), size: z.int().min(0) }).nullish(),
    }),
  ),
})
type Sibling = z.output<typeof revisionShape>['siblings'][number]

const wholeCommit = /^[0-9a-f]{40}$/
const requiredFiles = ['config.json', 'tokenizer.json'] as const
/** Whole or in shards with their index; the first kind that the repository has is taken. */
const weightPatterns = [
  /^model(-\d+-of-\d+)?\.safetensors(\.index\.json)?$/,
  /^pytorch_model(-\d+-of-\d+)?\.bin(\.index\.json)?$/,
]

/**
 * The folder of a model below `cache`, fetched unless it is there. What is begun goes on where it was cut off. Where the hub
 * cannot be reached, the revision that the name meant last is used, if it is whole.
 * Throws FatalError or ConfigError with a hint; nothing unverified gets the folder's name.
 */
export async function fetchModel(name: ModelName, cache: string, access: HubAccess, http: Http): Promise<string> {
  const asking = access.token
    ? { ...http, bearer: { origin: new URL(access.endpoint).origin, token: access.token } }
    : http
  const root = join(cache, name.repository.replace('/', '--'))
  const known = wholeCommit.test(name.revision) ? name.revision : await lastMeaning(root, name.revision)
  if (known === name.revision && (await isThere(join(root, known)))) return join(root, known)
  try {
    const { sha, siblings } = await revisionOf(name, access, asking)
    const folder = join(root, sha)
    if (!(await isThere(folder)))
      await fetchFiles(chosen(siblings, name, access), folder, { name, sha, access }, asking)
    await remember(root, name.revision, sha)
    return folder
  } catch (error) {
    if (!(error instanceof FatalError) || error.code !== 'DOWNLOAD_FAILED' || known === undefined) throw error
    const folder = join(root, known)
    if (!(await isThere(folder))) throw error
    http.log.warn({ folder, revision: name.revision }, 'the hub cannot be reached, the model fetched last is used')
    return folder
  }
}

async function revisionOf({ repository, revision }: ModelName, { endpoint }: HubAccess, http: Http) {
  const url = `${endpoint}/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`
  const text = await named(repository, http, () =>
    withRetries(url, http, () =>
      request(url, {}, http, async (_answer, body) => {
        const parts: Uint8Array[] = []
        for await (const part of body) parts.push(part)
        return Buffer.concat(parts).toString('utf8')
      }),
    ),
  )
  try {
    return revisionShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new FatalError('HUB_ANSWER', 'the server does not speak as the hub does', {
      at: { url: shown(url) },
      hint: 'check HF_ENDPOINT',
      cause,
    })
  }
}

/** The hub answers 401 for what does not exist as for what may not be seen. */
async function named<T>(repository: string, http: Http, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof FatalError) || !['HTTP_REFUSED', 'HTTP_NOT_FOUND'].includes(error.code)) throw error
    const hint = http.bearer
      ? 'check the name; a gated model must be agreed to on its page by the owner of HF_TOKEN'
      : 'check the name (org/name, or ./folder for one on disk); a gated or private model needs HF_TOKEN in the environment'
    throw new ConfigError('MODEL_NOT_FOUND', `the hub gives no ${repository}`, { at: error.at, hint, cause: error })
  }
}

function chosen(siblings: readonly Sibling[], { repository }: ModelName, { endpoint }: HubAccess): readonly Sibling[] {
  const weights = weightPatterns.map((pattern) => siblings.filter(({ rfilename }) => pattern.test(rfilename)))
  const files = siblings.filter(({ rfilename }) => requiredFiles.some((name) => name === rfilename))
  const ofWeights = weights.find((found) => found.length > 0)
  const missing = requiredFiles.filter((name) => !files.some(({ rfilename }) => rfilename === name))
  if (missing.length === 0 && ofWeights) return [...files, ...ofWeights]
  const what = [...missing, ...(ofWeights ? [] : ['model.safetensors or pytorch_model.bin'])].join(', ')
  throw new ConfigError('MODEL_INCOMPLETE', `${repository} has no ${what}`, {
    at: { url: `${endpoint}/${repository}` },
    hint: 'save it with transformers into a folder (model and AutoTokenizer, save_pretrained) and give that folder as ./folder',
  })
}

interface Revision {
  readonly name: ModelName
  readonly sha: string
  readonly access: HubAccess
}

async function fetchFiles(siblings: readonly Sibling[], folder: string, revision: Revision, http: Http): Promise<void> {
  const draft = `${folder}.partial`
  await mkdir(draft, { recursive: true })
  for (const sibling of siblings) await fetchFile(sibling, draft, revision, http)
  await rename(draft, folder)
}

async function fetchFile(sibling: Sibling, draft: string, { name, sha, access }: Revision, http: Http): Promise<void> {
  const { rfilename, lfs, size } = sibling
  const target = join(draft, rfilename)
  const published = { ...(lfs ? { bytes: lfs.size, sha256: lfs.sha256 } : size !== undefined && { bytes: size }) }
  if (await isThere(target)) {
    const whole = mismatchOf(published, await hashFile(target, published, http.signal)) === undefined
    if (whole && (await isBlob(target, sibling))) return
    await rm(target)
  }
  const url = `${access.endpoint}/${name.repository}/resolve/${sha}/${encodeURIComponent(rfilename)}`
  for (let isSecondTry = false; ; isSecondTry = true) {
    await named(name.repository, http, () => download({ url, published, target }, http, () => undefined))
    if (await isBlob(target, sibling)) break
    await rm(target)
    if (!isSecondTry) continue
    const mismatch = { what: 'git hash', expected: sibling.blobId ?? '', found: 'another' }
    throw checksumMismatch(
      { file: target, url: shown(url) },
      mismatch,
      'Downloaded twice with the same end: try again later.',
    )
  }
  if (!lfs && sibling.blobId === undefined) http.log.warn({ file: target }, 'the hub publishes no hash, taken as it is')
  http.log.info(
    { file: rfilename, bytes: (await stat(target)).size, repository: name.repository },
    'file of the model fetched',
  )
}

/** Whether a small file has the hash that git has for it. Large ones are verified by their SHA-256 while they are fetched. */
async function isBlob(file: string, { blobId, lfs }: Sibling): Promise<boolean> {
  if (lfs || blobId === undefined) return true
  const bytes = await readFile(file)
  const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  return hash === blobId
}

const meanings = z.record(z.string(), z.string().regex(wholeCommit))

async function lastMeaning(root: string, revision: string): Promise<string | undefined> {
  try {
    return meanings.parse(JSON.parse(await readFile(join(root, 'revisions.json'), 'utf8')))[revision]
  } catch {
    return undefined
  }
}

async function remember(root: string, revision: string, sha: string): Promise<void> {
  const file = join(root, 'revisions.json')
  const known = await readFile(file, 'utf8').then(
    (text) => meanings.safeParse(JSON.parse(text)).data ?? {},
    () => ({}),
  )
  try {
    await writeFile(`${file}.draft`, `${JSON.stringify({ ...known, [revision]: sha }, null, 1)}\n`)
    await rename(`${file}.draft`, file)
  } catch (cause) {
    throw writeFailure(file, cause)
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
