/** A mirror of the sample, and what goes wrong on the way from it. */
import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { NaruError } from '../../runtime/errors.ts'
import { sampleFolder, temporaryFolder } from './dump-downloader-drive.ts'
import { type Fault, type Mirror, serve, serveUntil, startMirror } from './dump-downloader-mirror.ts'

export const articlesName = 'kowiki-20260901-pages-articles-multistream.xml.bz2'
export const folder = 'wikipedia/dumps/kowiki/20260901'

export async function begin(
  t: TestContext,
): Promise<{ mirror: Mirror; data: string; inputs: object[]; original: Buffer }> {
  const mirror = await startMirror(t, sampleFolder, 'kowiki')
  const inputs = [{ language: 'ko', location: `${mirror.url}20260901/` }]
  const original = mirror.files.get(`/kowiki/20260901/${articlesName}`)
  assert.ok(original !== undefined)
  return { mirror, data: await temporaryFolder(t), inputs, original }
}

export function rangesOf(mirror: Mirror, name = articlesName): (string | undefined)[] {
  return mirror.visits.filter(({ path }) => path.endsWith(`/${name}`)).map(({ range }) => range)
}

export async function assertWhole(data: string, original: Buffer): Promise<void> {
  assert.ok((await readFile(join(data, folder, articlesName))).equals(original))
  const left = (await readdir(join(data, folder))).filter((name) => name.includes('.part'))
  assert.deepEqual(left, [])
}

export function assertError(error: unknown, code: string): asserts error is NaruError {
  assert.ok(error instanceof NaruError, String(error))
  assert.equal(error.code, code)
  assert.ok(error.hint)
}

/** Goes wrong at the first visit only. */
export const once =
  (fault: Fault): Fault =>
  (visit, response) =>
    visit.earlier === 0 ? fault(visit, response) : false

export const cutAt =
  (share: number): Fault =>
  async (visit, response) => {
    await serveUntil(Math.floor(visit.bytes.length * share), visit, response)
    response.destroy()
    return true
  }

/** Waits until the download in `data` has so many bytes of the articles on disk: what a cut leaves unread is lost. */
export async function written(data: string, bytes: number): Promise<void> {
  const part = join(data, folder, `${articlesName}.part`)
  while ((await stat(part).catch(() => ({ size: 0 }))).size < bytes) await sleep(5)
}

export const cutWhenHalfIsWritten =
  (data: string): Fault =>
  async (visit, response) => {
    const half = visit.bytes.length >> 1
    await serveUntil(half, visit, response)
    await written(data, half)
    response.destroy()
    return true
  }

export const flipped: Fault = (visit, response) => {
  const bytes = Buffer.from(visit.bytes)
  bytes[bytes.length >> 1]! ^= 1
  serve({ ...visit, bytes }, response)
  return true
}
