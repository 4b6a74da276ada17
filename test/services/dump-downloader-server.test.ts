import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { retryAfterMs } from '../../mirror/refusals.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { drive, driveToEnd, sampleFolder, temporaryFolder } from './dump-downloader-drive.ts'
import {
  articlesName,
  assertError,
  assertWhole,
  begin,
  cutAt,
  flipped,
  folder,
  once,
  rangesOf,
} from './dump-downloader-faults.ts'
import { type Fault, serve } from './dump-downloader-mirror.ts'

test('a dump on a server gives the same events as the same dump in a folder', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const remote = await driveToEnd(data, { inputs })
  const local = await driveToEnd(await temporaryFolder(t), {
    inputs: [{ language: 'ko', location: fileURLToPath(new URL('20260901/kowiki', sampleFolder)) }],
  })
  assert.deepEqual(remote.events, local.events)
  await assertWhole(data, original)
  assert.equal(remote.progress.at(-1)?.done, remote.progress.at(-1)?.total)
  assert.ok(mirror.visits.every(({ userAgent }) => userAgent?.startsWith('naru/')))
})

test('the URL of an articles file brings its index and tables', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  const byFolder = await driveToEnd(data, { inputs })
  const byFile = await driveToEnd(await temporaryFolder(t), {
    inputs: [{ language: 'ko', location: `${mirror.url}20260901/${articlesName}` }],
  })
  assert.deepEqual(byFile.events, byFolder.events)
})

test('without dumpstatus.json the lists of checksums say which files there are', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  mirror.files.delete('/kowiki/20260901/dumpstatus.json')
  const { events } = await driveToEnd(data, { inputs })
  assert.deepEqual(
    events.map(({ kind, indexAddress }) => [kind, indexAddress !== null]),
    [
      ['articles', true],
      ['langlinks', false],
    ],
  )
})

test('a dump in parts is announced part by part in the order of the pages', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  const list: string[] = []
  for (const path of [...mirror.files.keys()].filter((path) => path.includes('/20260901/'))) mirror.files.delete(path)
  for (const part of ['10.xml-p900p999', '2.xml-p100p199', '1.xml-p1p99']) {
    const name = `kowiki-20260901-pages-articles-multistream${part}.bz2`
    const index = name.replace('multistream', 'multistream-index').replace('.xml', '.txt')
    for (const each of [name, index]) {
      mirror.files.set(`/kowiki/20260901/${each}`, Buffer.from(each))
      list.push(`${createHash('sha1').update(each).digest('hex')}  ${each}`)
    }
  }
  mirror.files.set('/kowiki/20260901/kowiki-20260901-sha1sums.txt', Buffer.from(list.join('\n')))
  const { events } = await driveToEnd(data, { inputs })
  assert.deepEqual(
    events.map(({ address }) => /multistream(\d+)/.exec(address)?.[1]),
    ['1', '2', '10'],
  )
  assert.match(events[0]?.indexAddress ?? '', /multistream-index1\.txt-p1p99\.bz2$/)
})

test('latest is the newest dump whose needed jobs are done, and stays that at a restart', async (t) => {
  const { mirror, data } = await begin(t)
  const inputs = [{ language: 'ko', location: `${mirror.url}latest/` }]
  const path = '/kowiki/20261001/dumpstatus.json'
  const complete = mirror.files.get(path)?.toString() ?? ''
  const status = JSON.parse(complete)
  status.jobs.langlinkstable.status = 'in-progress'
  mirror.files.set(path, Buffer.from(JSON.stringify(status)))
  const first = await driveToEnd(data, { inputs })
  assert.equal(first.events[0]?.date, '20260901')

  mirror.files.set(path, Buffer.from(complete))
  assert.deepEqual((await driveToEnd(data, { inputs })).events, first.events)
  const fresh = await driveToEnd(await temporaryFolder(t), { inputs })
  assert.equal(fresh.events[0]?.date, '20261001')
})

test('a dump that is not finished is refused, with the jobs that are missing', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  const path = '/kowiki/20260901/dumpstatus.json'
  const status = JSON.parse(mirror.files.get(path)?.toString() ?? '')
  status.jobs.pagetable.status = 'waiting'
  mirror.files.set(path, Buffer.from(JSON.stringify(status)))
  const { error } = await drive(data, { inputs })
  assert.ok(error instanceof ConfigError)
  assertError(error, 'DUMP_INCOMPLETE')
  assert.match(error.message, /pagetable/)
})

for (const status of [429, 503]) {
  test(`a server that answers ${status} is asked again after the time it names`, async (t) => {
    const { mirror, data, inputs, original } = await begin(t)
    const times: number[] = []
    mirror.faults.set(articlesName, ({ earlier }, response) => {
      times.push(performance.now())
      if (earlier > 0) return false
      response.writeHead(status, { 'retry-after': '1' }).end('later')
      return true
    })
    await driveToEnd(data, { inputs })
    assert.equal(times.length, 2)
    assert.ok(times[1]! - times[0]! >= 995, `asked again after ${times[1]! - times[0]!} ms`)
    await assertWhole(data, original)
  })
}

test('a server that asks for a longer wait than the settings allow is left', async (t) => {
  const { mirror, data, inputs } = await begin(t)
  mirror.faults.set(articlesName, (_, response) => {
    response.writeHead(429, { 'retry-after': '7200' }).end('later')
    return true
  })
  assertError((await drive(data, { inputs })).error, 'DOWNLOAD_FAILED')
  assert.equal(rangesOf(mirror).length, 1)
})

test('Retry-After is read as seconds, or as a date by the clock of the server', () => {
  const at = (headers: Record<string, string>) => retryAfterMs(new Headers(headers))
  assert.equal(at({ 'retry-after': '120' }), 120_000)
  assert.equal(at({ 'retry-after': 'Tue, 01 Sep 2026 10:00:30 GMT', date: 'Tue, 01 Sep 2026 10:00:00 GMT' }), 30_000)
  assert.equal(at({ 'retry-after': 'Tue, 01 Sep 2020 10:00:30 GMT' }), 0)
  assert.equal(at({}), 0)
  assert.equal(at({ 'retry-after': 'soon' }), 0)
})

test('redirects are followed to the file', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  mirror.files.set('/elsewhere', original)
  mirror.faults.set(articlesName, (_, response) => {
    response.writeHead(302, { location: '/elsewhere' }).end()
    return true
  })
  await driveToEnd(data, { inputs })
  await assertWhole(data, original)
})

for (const [name, location, code] of [
  ['in a circle', (path: string) => `${path}?again`, 'REDIRECT_LOOP'],
  ['on and on', () => `/kowiki/20260901/${Math.random()}/${articlesName}`, 'REDIRECT_LIMIT'],
  ['to another kind of address', () => 'file:///etc/passwd', 'REDIRECT_INVALID'],
] as const) {
  test(`a server that redirects ${name} is left at once`, async (t) => {
    const { mirror, data, inputs } = await begin(t)
    mirror.faults.set(articlesName, ({ path }, response) => {
      response.writeHead(302, { location: location(path) }).end()
      return true
    })
    assertError((await drive(data, { inputs })).error, code)
    assert.ok(rangesOf(mirror).length <= 7)
  })
}

test('passing server errors are outlived; lasting ones end in DOWNLOAD_FAILED', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const failing =
    (times: number): Fault =>
    ({ earlier }, response) => {
      if (earlier >= times) return false
      response.writeHead(502).end()
      return true
    }
  mirror.faults.set(articlesName, failing(Number.POSITIVE_INFINITY))
  assertError((await drive(data, { inputs, retries: 2 })).error, 'DOWNLOAD_FAILED')
  mirror.faults.set(articlesName, failing(3 + 2))
  await driveToEnd(data, { inputs, retries: 2 })
  await assertWhole(data, original)
})

test('no more answers are under way than connections are allowed, over all inputs', async (t) => {
  const { mirror, data } = await begin(t)
  const slowly: Fault = async () => {
    await sleep(30)
    return false
  }
  for (const end of ['.bz2', '.gz']) mirror.faults.set(end, slowly)
  const inputs = ['20260901', '20261001'].map((date) => ({ language: 'ko', location: `${mirror.url}${date}/` }))
  await driveToEnd(data, { inputs, connections: 2 })
  assert.equal(mirror.busiest(), 2)
})

test('a download without a published checksum is refused unless the settings allow it', async (t) => {
  const { mirror, data, original } = await begin(t)
  mirror.files.set('/kowiki/other/kowiki-berlin.xml.bz2', original)
  const inputs = [{ language: 'ko', location: `${mirror.url}other/kowiki-berlin.xml.bz2` }]
  assertError((await drive(data, { inputs })).error, 'CHECKSUM_MISSING')
  const { events, log } = await driveToEnd(data, { inputs, requireChecksums: false })
  assert.equal(events[0]?.address, 'wikipedia/dumps/kowiki/undated/kowiki-berlin.xml.bz2')
  assert.ok(log.some(({ level, msg }) => level === 'warn' && msg === 'no checksum is published, taken as it is'))
})

for (const [name, path, code] of [
  ['a dump that is not there', '20250101/', 'DUMP_NOT_FOUND'],
  ['a table in place of articles', '20260901/kowiki-20260901-page.sql.gz', 'LOCATION_NO_ARTICLES'],
] as const) {
  test(`${name} is refused with a hint`, async (t) => {
    const { mirror, data } = await begin(t)
    const { error } = await drive(data, { inputs: [{ language: 'ko', location: mirror.url + path }] })
    assert.ok(error instanceof ConfigError)
    assertError(error, code)
  })
}

test('a secret in the query of an address is written nowhere', async (t) => {
  const { mirror, data, original } = await begin(t)
  mirror.files.set('/kowiki/other/kowiki-berlin.xml.bz2', original)
  mirror.faults.set('kowiki-berlin.xml.bz2', once(cutAt(0.5)))
  const location = `${mirror.url}other/kowiki-berlin.xml.bz2?signature=s3cret`
  const { log, error } = await drive(data, { inputs: [{ language: 'ko', location }], requireChecksums: false })
  assert.equal(error, undefined)
  assert.ok(!JSON.stringify(log).includes('s3cret'))
  for (const name of await readdir(data, { recursive: true })) {
    if (name.endsWith('.json')) assert.ok(!(await readFile(join(data, name), 'utf8')).includes('s3cret'))
  }
})

test('part bytes of unknown origin are not built upon', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  await mkdir(join(data, folder), { recursive: true })
  await writeFile(join(data, folder, `${articlesName}.part`), original.subarray(0, 100))
  await driveToEnd(data, { inputs })
  assert.deepEqual(rangesOf(mirror), [undefined])
  await assertWhole(data, original)
})

test('part bytes of one mirror are not completed with those of another', async (t) => {
  const [one, other] = [await begin(t), await begin(t)]
  one.mirror.faults.set(articlesName, cutAt(0.5))
  assertError((await drive(one.data, { inputs: one.inputs, retries: 0 })).error, 'DOWNLOAD_FAILED')
  await driveToEnd(one.data, { inputs: other.inputs })
  assert.deepEqual(rangesOf(other.mirror), [undefined])
  await assertWhole(one.data, one.original)
})

test('no compression is asked for, and an answer that is compressed all the same is refused', async (t) => {
  const { mirror, data, inputs, original } = await begin(t)
  const packed: Fault = ({ bytes }, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes))
    return true
  }
  mirror.faults.set(articlesName, packed)
  assertError((await drive(data, { inputs })).error, 'HTTP_STATUS')
  mirror.faults.set(articlesName, (visit, response) => visit.acceptEncoding !== 'identity' && packed(visit, response))
  await driveToEnd(data, { inputs })
  await assertWhole(data, original)
})

/** One wrong answer of each kind, at a given share of the file. */
const faultKinds = {
  cut: cutAt,
  flip: () => flipped,
  refuse: () => (_, response) => {
    response.writeHead(503).end()
    return true
  },
  drop: () => (_, response) => {
    response.destroy()
    return true
  },
  staleCut: (share) => (visit, response) =>
    cutAt(share)({ ...visit, bytes: Buffer.from(visit.bytes).fill(7), etag: '"stale"' }, response),
  ignoreRange: (share) => (visit, response) => cutAt(share)({ ...visit, range: undefined, start: 0 }, response),
  ignoreIfRange: () => (visit, response) => {
    serve({ ...visit, ifRange: undefined }, response)
    return true
  },
} satisfies Record<string, (share: number) => Fault>

test('whatever goes wrong in whatever order, the file ends whole or not at all', async (t) => {
  const step = fc.record({
    kind: fc.constantFrom(...(Object.keys(faultKinds) as (keyof typeof faultKinds)[])),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  let whole = 0
  const begun = await begin(t)
  const { mirror, inputs, original } = begun
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const data = await temporaryFolder(t)
      mirror.visits.length = 0
      mirror.faults.set(articlesName, (visit, response) => {
        const now = steps[visit.earlier]
        return now === undefined ? false : faultKinds[now.kind](now.share)(visit, response)
      })
      const { events, error } = await drive(data, { inputs, retries: 3 })
      if (error === undefined) {
        whole++
        await assertWhole(data, original)
        assert.equal(events.length, 2)
      } else {
        assert.ok(error instanceof FatalError, String(error))
        assert.deepEqual(events, [])
        assert.ok(!(await readdir(join(data, folder))).includes(articlesName))
      }
    }),
    { numRuns: 60, seed: 20260901 },
  )
  assert.ok(whole > 20, `only ${whole} of 60 ended whole`)
})
