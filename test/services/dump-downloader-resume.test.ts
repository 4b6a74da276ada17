/** Downloads that are cut off, changed or damaged on the way: they go on where they stopped, or begin anew. */
import assert from 'node:assert/strict'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { FatalError } from '../../runtime/errors.ts'
import { drive, driveToEnd } from './dump-downloader-drive.ts'
import {
  articlesName,
  assertError,
  assertWhole,
  begin,
  cutAt,
  cutWhenHalfIsWritten,
  flipped,
  folder,
  once,
  rangesOf,
  written,
} from './dump-downloader-faults.ts'
import { serve, serveUntil } from './dump-downloader-mirror.ts'

test('a restart after the last byte needs no server', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  const first = await driveToEnd(data, { inputs })
  await mirror.close()
  const second = await driveToEnd(data, { inputs })
  assert.deepEqual(second.events, first.events)
})

test('a file that got its name just before the process ended is not downloaded again', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  await driveToEnd(data, { inputs })
  await rm(join(data, folder, `${articlesName}.verified.json`))
  await driveToEnd(data, { inputs })
  assert.equal(rangesOf(mirror).length, 1)
  await assertWhole(data, original)
})

test('a download that is cut off goes on by Range where it stopped', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(articlesName, once(cutWhenHalfIsWritten(data)))
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, `bytes=${original.length >> 1}-`])
  await assertWhole(data, original)
})

test('a server that falls silent is left and the download goes on by Range', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(
    articlesName,
    once(async (visit, response) => {
      await serveUntil(1000, visit, response)
      return true
    }),
  )
  const { log } = await driveToEnd(data, { inputs, stallTimeoutMs: 150 })
  assert.deepEqual(rangesOf(mirror), [undefined, 'bytes=1000-'])
  assert.ok(log.some(({ code }) => code === 'STALLED'))
  await assertWhole(data, original)
})

test('a server that says nothing at all is left after the retries', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  mirror.faults.set(articlesName, () => true)
  const { error } = await drive(data, { inputs, stallTimeoutMs: 50, retries: 2 })
  assertError(error, 'DOWNLOAD_FAILED')
  assert.equal(rangesOf(mirror).length, 3)
})

test('an abort ends a download at once, and the next run goes on by Range where it stopped', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const controller = new AbortController()
  let abortedAt = 0
  mirror.faults.set(
    articlesName,
    once(async (visit, response) => {
      await serveUntil(30_000, visit, response)
      await written(data, 30_000)
      abortedAt = performance.now()
      controller.abort(new Error('ctrl-C'))
      return true
    }),
  )
  const stopped = await drive(data, { inputs }, controller.signal)
  assert.ok(performance.now() - abortedAt < 1000)
  assert.ok(stopped.error instanceof Error)
  assert.equal(stopped.error.message, 'ctrl-C')

  const resumed = await driveToEnd(data, { inputs })
  const last = mirror.visits.filter(({ path }) => path.endsWith(articlesName)).at(-1)
  assert.equal(last?.range, 'bytes=30000-')
  assert.equal(last.ifRange, last.etag)
  assert.equal(resumed.events.length, 2)
  await assertWhole(data, original)
})

test('a file that changed on the server half way is begun anew', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const stale = Buffer.from(original).fill(7)
  mirror.faults.set(
    articlesName,
    once((visit, response) => cutAt(0.5)({ ...visit, bytes: stale, etag: '"stale"' }, response)),
  )
  await driveToEnd(data, { inputs })
  assert.equal(mirror.visits.find(({ ifRange }) => ifRange !== undefined)?.ifRange, '"stale"')
  await assertWhole(data, original)
})

test('a cache that sends a range of the changed file, whatever If-Range says, is not believed', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const stale = Buffer.from(original).fill(7)
  mirror.faults.set(articlesName, (visit, response) => {
    if (visit.earlier === 0) return cutWhenHalfIsWritten(data)({ ...visit, bytes: stale, etag: '"stale"' }, response)
    serve({ ...visit, ifRange: undefined }, response)
    return true
  })
  const { log } = await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, `bytes=${original.length >> 1}-`, undefined])
  assert.ok(log.some(({ code }) => code === 'CHANGED_ON_SERVER'))
  await assertWhole(data, original)
})

test('a server that answers a Range with the whole file is taken at its word', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(articlesName, (visit, response) => {
    if (visit.earlier === 0) return cutWhenHalfIsWritten(data)(visit, response)
    serve({ ...visit, range: undefined, start: 0 }, response)
    return true
  })
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, `bytes=${original.length >> 1}-`])
  await assertWhole(data, original)
})

test('a range that begins elsewhere than asked is not appended', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(articlesName, (visit, response) => {
    if (visit.earlier === 0) return cutWhenHalfIsWritten(data)(visit, response)
    if (visit.earlier > 1) return false
    serve({ ...visit, start: 17, ifRange: undefined }, response)
    return true
  })
  const { log } = await driveToEnd(data, { inputs })
  assert.ok(log.some(({ code }) => code === 'CHANGED_ON_SERVER'))
  await assertWhole(data, original)
})

test('without ETag and Last-Modified a cut-off download begins anew', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(
    articlesName,
    once((visit, response) => cutAt(0.5)({ ...visit, etag: 'W/"weak"' }, response)),
  )
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, undefined])
  await assertWhole(data, original)
})

test('a Content-Length that says less than the dump does not end the download', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(
    articlesName,
    once(({ bytes, etag }, response) => {
      response.writeHead(200, { etag, 'content-length': 5000 }).end(bytes.subarray(0, 5000))
      return true
    }),
  )
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, 'bytes=5000-'])
  await assertWhole(data, original)
})

test('a body that never ends is left when it exceeds the size of the dump', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(articlesName, ({ bytes }, response) => {
    response.writeHead(200)
    const pour = () => {
      if (!response.destroyed) response.write(bytes, () => setImmediate(pour))
    }
    pour()
    return true
  })
  const { error } = await drive(data, { inputs, retries: 1 })
  assertError(error, 'DOWNLOAD_FAILED')
  assert.match(error.message, new RegExp(`more than the ${original.length} bytes`))
})

test('a file damaged on the way is fetched once more from the start', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.faults.set(articlesName, once(flipped))
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined, undefined])
  await assertWhole(data, original)
})

test('a file that is damaged twice is refused, and nothing of it is kept or announced', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  mirror.faults.set(articlesName, flipped)
  const { events, error } = await drive(data, { inputs })
  assert.ok(error instanceof FatalError)
  assertError(error, 'CHECKSUM_MISMATCH')
  assert.match(error.at.url ?? '', new RegExp(articlesName))
  assert.match(error.message, /sha1 should be [0-9a-f]{40}, but is [0-9a-f]{40}/)
  assert.equal(rangesOf(mirror).length, 2)
  assert.deepEqual(events, [])
  const left = await readdir(join(data, folder))
  assert.deepEqual(
    left.filter((name) => name.startsWith(articlesName)),
    [],
  )
})
