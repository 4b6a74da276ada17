import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ConfigError, FatalError, NaruError } from '../../runtime/errors.ts'
import { below, exportFiles, shardOrder } from '../mirror/exports.ts'
import { drive, driveToEnd, temporaryFolder } from './dump-downloader-drive.ts'
import { type Mirror, serveFiles } from './dump-downloader-mirror.ts'

type Settings = Parameters<typeof drive>[1]

const dated = '/other/mediawiki_content_current/kowiki/2026-09-01/'
const folder = `${dated}xml/bzip2/`

async function exportOnServer(
  t: TestContext,
): Promise<{ mirror: Mirror; data: string; at: (path: string) => Settings }> {
  const mirror = await serveFiles(t, new Map(below(folder, exportFiles('kowiki', '2026-09-01'))))
  const at = (path: string) => ({ inputs: [{ language: 'ko', location: new URL(path, mirror.url).href }] })
  return { mirror, data: await temporaryFolder(t), at }
}

async function exportOnDisk(t: TestContext, underneath = ''): Promise<string> {
  const root = await temporaryFolder(t)
  for (const [path, bytes] of below(join(root, underneath, '/'), exportFiles('kowiki', '2026-09-01'))) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
  return root
}

const names = shardOrder.map((range) => `kowiki-2026-09-01-${range}.xml.bz2`)

test('a content export on a server is announced shard by shard in the order of the pages, by any of its addresses', async (t) => {
  const { mirror, at } = await exportOnServer(t)
  for (const path of [folder, dated, dirname(dated), join(dirname(dated), 'latest/')]) {
    const data = await temporaryFolder(t)
    const { events } = await driveToEnd(data, at(path))
    assert.deepEqual(
      events.map(({ address }) => basename(address)),
      names,
    )
    for (const { wiki, date, kind, address, bytes, indexAddress } of events) {
      assert.deepEqual([wiki, date, kind, indexAddress], ['kowiki', '20260901', 'articles', null])
      const original = mirror.files.get(folder + basename(address))
      assert.ok(original !== undefined)
      assert.ok(original.equals(await readFile(join(data, address))))
      assert.equal(bytes, original.length)
    }
  }
})

test('a content export in a folder gives the events that it gives on a server, with xml/bzip2/ above it or not', async (t) => {
  const { data, at } = await exportOnServer(t)
  const { events } = await driveToEnd(data, at(folder))
  for (const location of [
    await exportOnDisk(t),
    await exportOnDisk(t, 'xml/bzip2'),
    pathToFileURL(await exportOnDisk(t)).href,
  ]) {
    const local = await driveToEnd(await temporaryFolder(t), { inputs: [{ language: 'ko', location }] })
    assert.deepEqual(local.events, events)
  }
})

function assertUnfinished(error: unknown, pattern: RegExp): void {
  assert.ok(error instanceof ConfigError, String(error))
  assert.equal(error.code, 'EXPORT_UNFINISHED')
  assert.match(error.message, pattern)
  assert.match(error.hint ?? '', /Wait/)
}

for (const mark of ['_SUCCESS', 'SHA256SUMS']) {
  test(`an export without ${mark} is refused, on a server and in a folder`, async (t) => {
    const { mirror, data, at } = await exportOnServer(t)
    mirror.files.delete(folder + mark)
    assertUnfinished((await drive(data, at(dated))).error, new RegExp(mark))
    const local = await exportOnDisk(t)
    await rm(join(local, mark))
    assertUnfinished((await drive(data, { inputs: [{ language: 'ko', location: local }] })).error, new RegExp(mark))
  })
}

test('an export in a folder that lacks a shard is refused with the shard, and a damaged one with both sums', async (t) => {
  const [location, data] = [await exportOnDisk(t), await temporaryFolder(t)]
  const inputs = [{ language: 'ko', location }]
  await writeFile(join(location, names[1]!), 'damaged')
  const damaged = (await drive(data, { inputs })).error
  assert.ok(damaged instanceof FatalError)
  assert.match(damaged.message, /sha256 should be [0-9a-f]{64}, but is [0-9a-f]{64}/)
  await rm(join(location, names[1]!))
  assertUnfinished((await drive(data, { inputs })).error, new RegExp(names[1]!))
})

test('a shard is read by itself where it is named, on a server and on disk', async (t) => {
  const { data, at } = await exportOnServer(t)
  const remote = await driveToEnd(data, at(folder + names[2]))
  const location = join(await exportOnDisk(t), names[2]!)
  const local = await driveToEnd(await temporaryFolder(t), { inputs: [{ language: 'ko', location }] })
  assert.equal(remote.events.length, 1)
  assert.deepEqual(local.events, remote.events)
})

test('a damaged shard on a server is refused with its checksum, and nothing of it is kept', async (t) => {
  const { mirror, data, at } = await exportOnServer(t)
  mirror.files.set(folder + names[0], Buffer.from('other bytes'))
  const { error, events } = await drive(data, at(folder))
  assert.ok(error instanceof NaruError)
  assert.equal(error.code, 'CHECKSUM_MISMATCH')
  assert.deepEqual(events, [])
})
