import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ConfigError, FatalError, NaruError } from '../../runtime/errors.ts'
import { dumpFilesOf } from '../../wiki/dumps.ts'
import {
  type Fault,
  type Mirror,
  serve,
  serveFiles,
  serveUntil,
  startMirror,
} from '../services/dump-downloader-mirror.ts'
import { type ByName, fetchByName, namesOf, temporaryFolder } from './by-name.ts'
import { below, exportFiles, shardOrder } from './exports.ts'

const sample = new URL('../../dataset/sample/', import.meta.url)
const stem = 'kowiki-20260901'
const articlesName = `${stem}-pages-articles-multistream.xml.bz2`
const indexName = `${stem}-pages-articles-multistream-index.txt.bz2`

interface Begun {
  readonly mirror: Mirror
  readonly by: ByName
  readonly original: Buffer
}

async function begin(t: TestContext): Promise<Begun> {
  const mirror = await startMirror(t, sample, 'kowiki')
  const original = mirror.files.get(`/kowiki/20260901/${articlesName}`)
  assert.ok(original !== undefined)
  const request = { date: '20260901' }
  return { mirror, original, by: { mirror: new URL('..', mirror.url).href, out: await temporaryFolder(t), request } }
}

const refusedWith = (code: string, pattern?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof NaruError, String(error))
  assert.equal(error.code, code)
  assert.ok(error.hint, 'says what to do')
  assert.ok(error.at.url ?? error.at.file, 'says where')
  if (pattern !== undefined) assert.match(`${error.message} ${error.hint}`, pattern)
  return true
}

test('a wiki and a date bring the files that naru reads, each compared with all that is published', async (t) => {
  const { mirror, by } = await begin(t)
  const said = await fetchByName(by)
  const tables = ['langlinks', 'page', 'redirect'].map((table) => `${stem}-${table}.sql.gz`)
  assert.deepEqual(namesOf(said), [articlesName, indexName, ...tables])
  for (const { name, path, bytes, sha1, verifiedBy } of said.fetched.files) {
    const whole = await readFile(path)
    assert.ok(whole.equals(mirror.files.get(`/kowiki/20260901/${name}`) ?? Buffer.alloc(0)))
    assert.equal(bytes, whole.length)
    assert.equal(sha1, createHash('sha1').update(whole).digest('hex'))
    assert.ok(verifiedBy.includes('sha1'))
  }
  assert.equal(said.fetched.path, join(by.out, 'kowiki/20260901'))
  assert.deepEqual(said.progress.at(-1)?.done, said.progress.at(-1)?.total)
  assert.ok(mirror.visits.every(({ userAgent }) => userAgent?.startsWith('naru/')))
  assert.equal((await dumpFilesOf(said.fetched.path)).articles[0]?.index, join(said.fetched.path, indexName))
})

test('only the kinds that are asked for are fetched, in that order', async (t) => {
  const { mirror, by } = await begin(t)
  const said = await fetchByName({ ...by, request: { ...by.request, kinds: ['redirect', 'articles-multistream'] } })
  assert.deepEqual(namesOf(said), [`${stem}-redirect.sql.gz`, articlesName, indexName])
  assert.ok(!mirror.visits.some(({ path }) => path.includes('langlinks')))
})

test('a kind that the dump lacks is refused with those that it has', async (t) => {
  const { by } = await begin(t)
  const request = { ...by.request, kinds: ['pagelinks'] }
  await assert.rejects(
    fetchByName({ ...by, request }),
    refusedWith('KIND_MISSING', /articles-multistream, langlinks, page/),
  )
})

test('the latest dump is the newest in which the kinds asked for are complete', async (t) => {
  const { mirror, by } = await begin(t)
  const path = '/kowiki/20261001/dumpstatus.json'
  const status = JSON.parse(mirror.files.get(path)?.toString() ?? '')
  status.jobs.redirecttable = { status: 'waiting' }
  mirror.files.set(path, Buffer.from(JSON.stringify(status)))
  const dateOf = async (kinds: string[]) =>
    (await fetchByName({ ...by, request: { date: 'latest', kinds } })).fetched.dump.date
  assert.equal(await dateOf(['page']), '20261001')
  assert.equal(await dateOf(['page', 'redirect']), '20260901')
  const busy = fetchByName({ ...by, request: { date: '20261001', kinds: ['redirect'] } })
  await assert.rejects(busy, refusedWith('DUMP_INCOMPLETE', /redirecttable/))
})

test('a dump in parts comes part by part, each with its index, in the order of the pages', async (t) => {
  const files = new Map<string, Buffer>()
  const job: Record<string, object> = {}
  for (const part of ['10.xml-p900p999', '2.xml-p100p199', '1.xml-p1p99']) {
    const name = `enwiki-20260901-pages-articles-multistream${part}.bz2`
    for (const each of [name, name.replace('multistream', 'multistream-index').replace('.xml', '.txt')]) {
      const bytes = Buffer.from(each)
      files.set(`/enwiki/20260901/${each}`, bytes)
      job[each] = { size: bytes.length, sha1: createHash('sha1').update(bytes).digest('hex') }
    }
  }
  const jobs = { articlesmultistreamdump: { status: 'done', files: job } }
  files.set('/enwiki/20260901/dumpstatus.json', Buffer.from(JSON.stringify({ jobs })))
  const { url } = await serveFiles(t, files)
  const request = { wiki: 'enwiki', kinds: ['articles-multistream'] }
  const said = await fetchByName({ mirror: url, out: await temporaryFolder(t), request })
  assert.deepEqual(
    namesOf(said).map((name) => /multistream(-index)?(\d+)/.exec(name)?.slice(1).join('')),
    ['1', '-index1', '2', '-index2', '10', '-index10'],
  )
})

test('a second call fetches only the lists', async (t) => {
  const { mirror, by } = await begin(t)
  const first = await fetchByName(by)
  mirror.visits.length = 0
  const second = await fetchByName(by)
  assert.deepEqual(second.fetched.files, first.fetched.files)
  assert.ok(mirror.visits.every(({ path }) => /(?:json|txt)$/.test(path)))
})

for (const [what, mirrorOf] of [
  ['a path', (folder: string) => folder],
  ['a file: URL', (folder: string) => pathToFileURL(folder).href],
] as const) {
  test(`a mirror may be ${what}, whose files are copied and verified`, async (t) => {
    const [root, out] = [await temporaryFolder(t), await temporaryFolder(t)]
    for (const date of ['20260901', '20261001']) {
      await cp(fileURLToPath(new URL(`${date}/kowiki`, sample)), join(root, 'kowiki', date), { recursive: true })
    }
    const said = await fetchByName({ mirror: mirrorOf(root), out })
    assert.equal(said.fetched.dump.date, '20261001')
    const damaged = join(root, 'kowiki/20260901', articlesName)
    const bytes = await readFile(damaged)
    bytes[99]! ^= 1
    await writeFile(damaged, bytes)
    const again = fetchByName({ mirror: mirrorOf(root), out, request: { date: '20260901' } })
    await assert.rejects(again, refusedWith('CHECKSUM_MISMATCH', /should be/))
  })
}

const once =
  (fault: Fault): Fault =>
  (visit, response) =>
    visit.earlier === 0 ? fault(visit, response) : false

const cutAfter =
  (bytes: number): Fault =>
  async (visit, response) => {
    await serveUntil(bytes, visit, response)
    response.destroy()
    return true
  }

const flipped: Fault = (visit, response) => {
  const bytes = Buffer.from(visit.bytes)
  bytes[bytes.length >> 1]! ^= 1
  serve({ ...visit, bytes }, response)
  return true
}

/** Each is outlived: the file ends whole. */
const faults: Readonly<Record<string, Fault>> = {
  'cuts a file off': once(cutAfter(400_000)),
  'stalls in the middle of a file': once(async (visit, response) => {
    await serveUntil(400_000, visit, response)
    return true
  }),
  'flips a bit': once(flipped),
  'has another file half way, by its ETag': once((visit, response) =>
    cutAfter(400_000)({ ...visit, bytes: Buffer.from(visit.bytes).fill(7), etag: '"stale"' }, response),
  ),
  'answers 200 to a Range': (visit, response) => {
    if (visit.earlier === 0) return cutAfter(400_000)(visit, response)
    serve({ ...visit, range: undefined, start: 0 }, response)
    return true
  },
  'says a Content-Length that is too small': once(({ bytes, etag }, response) => {
    response.writeHead(200, { etag, 'content-length': 5000 }).end(bytes.subarray(0, 5000))
    return true
  }),
  'is busy at first': once((_, response) => {
    response.writeHead(503, { 'retry-after': '0' }).end()
    return true
  }),
}

for (const [what, fault] of Object.entries(faults)) {
  test(`a server that ${what} is outlived, and said in a warning`, async (t) => {
    const { mirror, by, original } = await begin(t)
    mirror.faults.set(articlesName, fault)
    const { fetched, warnings } = await fetchByName({ ...by, settings: { stallTimeoutMs: 200 } })
    assert.ok((await readFile(fetched.files[0]?.path ?? '')).equals(original))
    assert.ok(warnings.length > 0)
    assert.ok(!(await readdir(fetched.path)).some((name) => name.includes('.part')))
  })
}

for (const [what, fault, code] of [
  ['flips a bit every time', flipped, 'CHECKSUM_MISMATCH'],
  ['cuts off every time', cutAfter(1000), 'DOWNLOAD_FAILED'],
  [
    'redirects in a circle',
    ({ path }, response) => {
      response.writeHead(302, { location: `${path}?again` }).end()
      return true
    },
    'REDIRECT_LOOP',
  ],
] as const satisfies readonly (readonly [string, Fault, string])[]) {
  test(`a server that ${what} is left, with what, where and what to do, and no list marks the folder as whole`, async (t) => {
    const { mirror, by } = await begin(t)
    mirror.faults.set(articlesName, fault)
    await assert.rejects(fetchByName({ ...by, settings: { retries: 2 } }), refusedWith(code))
    const left = await readdir(join(by.out, 'kowiki/20260901')).catch((): string[] => [])
    assert.ok(!left.includes(articlesName))
    assert.ok(!left.includes('dumpstatus.json'))
  })
}

test('a wiki that is not there is refused with the way to name one', async (t) => {
  const { by } = await begin(t)
  for (const date of ['latest', '20260901']) {
    const request = fetchByName({ ...by, request: { wiki: 'ko', date } })
    await assert.rejects(request, (error) => error instanceof ConfigError && /wiki/.test(error.hint ?? ''))
  }
})

test('files without a published checksum are refused, unless they are allowed', async (t) => {
  const { mirror, by } = await begin(t)
  for (const list of [`${stem}-sha1sums.txt`, `${stem}-md5sums.txt`]) mirror.files.delete(`/kowiki/20260901/${list}`)
  const path = '/kowiki/20260901/dumpstatus.json'
  const status =
    mirror.files
      .get(path)
      ?.toString()
      .replaceAll(/"(?:sha1|md5)": ?"[0-9a-f]+"/g, '"url": ""') ?? ''
  mirror.files.set(path, Buffer.from(status))
  await assert.rejects(fetchByName(by), refusedWith('CHECKSUM_MISSING', /--allow-unverified/))
  const said = await fetchByName({ ...by, request: { ...by.request, allowUnverified: true } })
  assert.deepEqual(said.fetched.files[0]?.verifiedBy, ['bytes'])
})

test('a disk that is too small is named before the first byte', async (t) => {
  const { mirror, by } = await begin(t)
  const path = '/kowiki/20260901/dumpstatus.json'
  const status = JSON.parse(mirror.files.get(path)?.toString() ?? '')
  status.jobs.pagetable.files[`${stem}-page.sql.gz`].size = 1e17
  mirror.files.set(path, Buffer.from(JSON.stringify(status)))
  await assert.rejects(fetchByName(by), refusedWith('DISK_FULL', /--out/))
  assert.ok(!mirror.visits.some(({ path }) => path.endsWith('.bz2')))
})

const exportsPath = '/other/mediawiki_content_current/kowiki/'

async function beginExport(t: TestContext): Promise<{ mirror: Mirror; by: ByName; folder: string }> {
  const folder = `${exportsPath}2026-09-01/xml/bzip2/`
  const older = below(`${exportsPath}2026-08-01/xml/bzip2/`, exportFiles('kowiki', '2026-08-01'))
  const mirror = await serveFiles(t, new Map([...older, ...below(folder, exportFiles('kowiki', '2026-09-01'))]))
  const request = { source: 'content-export' } as const
  return { mirror, folder, by: { mirror: mirror.url, out: await temporaryFolder(t), request } }
}

test('the latest content export comes shard by shard in the order of the pages, compared by SHA-256', async (t) => {
  const { by } = await beginExport(t)
  const said = await fetchByName(by)
  assert.equal(said.fetched.dump.date, '20260901')
  assert.deepEqual(
    namesOf(said),
    shardOrder.map((range) => `kowiki-2026-09-01-${range}.xml.bz2`),
  )
  for (const { verifiedBy } of said.fetched.files) assert.deepEqual(verifiedBy, ['bytes', 'sha256'])
  const { articles, date } = await dumpFilesOf(said.fetched.path)
  assert.equal(date, '20260901')
  assert.deepEqual(
    articles.map(({ file }) => file),
    said.fetched.files.map(({ path }) => path),
  )
})

test('an export that is not finished is passed over, and refused by its date', async (t) => {
  for (const mark of ['_SUCCESS', 'SHA256SUMS']) {
    const { mirror, by, folder } = await beginExport(t)
    mirror.files.delete(folder + mark)
    const dated = { ...by, request: { ...by.request, date: '20260901' } }
    await assert.rejects(fetchByName(dated), refusedWith('EXPORT_UNFINISHED', new RegExp(mark)))
    if (mark === '_SUCCESS') assert.equal((await fetchByName(by)).fetched.dump.date, '20260801')
  }
})

test('a shard that was damaged on the way is fetched again; an export cut short is not taken for whole', async (t) => {
  const { mirror, by } = await beginExport(t)
  mirror.faults.set('p1p9.xml.bz2', once(flipped))
  mirror.faults.set('p11p120.xml.bz2', flipped)
  // One after another: the failure of the last ends what is under way.
  const inTurn = { ...by, settings: { connections: 1 } }
  await assert.rejects(fetchByName(inTurn), refusedWith('CHECKSUM_MISMATCH', /sha256 should be/))
  const folder = join(by.out, 'kowiki/2026-09-01')
  const whole = (await readdir(folder)).filter((name) => name.endsWith('.xml.bz2'))
  assert.deepEqual(whole.sort(), ['kowiki-2026-09-01-p10r100r100.xml.bz2', 'kowiki-2026-09-01-p1p9.xml.bz2'])
  await assert.rejects(dumpFilesOf(folder), refusedWith('EXPORT_UNFINISHED', /_SUCCESS/))
  mirror.faults.clear()
  await fetchByName(by)
  assert.equal((await dumpFilesOf(folder)).articles.length, 3)
})

const indexPath = '/other/cirrus_search_index/'

test('the latest finished index dump comes in the order of its shards, compared by the sizes listed', async (t) => {
  const shards = (date: string) =>
    ['00001', '00000'].map(
      (number) => [`kowiki_content-${date}-${number}.json.bz2`, Buffer.from(date + number)] as const,
    )
  const mark = ['_SUCCESS', Buffer.alloc(0)] as const
  const mirror = await serveFiles(
    t,
    new Map([
      ...below(`${indexPath}20260823/index_name=kowiki_content/`, new Map([...shards('20260823'), mark])),
      ...below(`${indexPath}20260830/index_name=kowiki_content/`, new Map(shards('20260830'))),
      ...below(`${indexPath}20260830/index_name=kowiki_general/`, new Map([mark])),
    ]),
  )
  const by = { mirror: mirror.url, out: await temporaryFolder(t) }
  const said = await fetchByName({ ...by, request: { source: 'cirrus' } })
  assert.deepEqual(namesOf(said), ['kowiki_content-20260823-00000.json.bz2', 'kowiki_content-20260823-00001.json.bz2'])
  assert.equal(said.fetched.path, join(by.out, 'kowiki/cirrus-20260823'))
  assert.deepEqual(said.fetched.files[0]?.verifiedBy, ['bytes'])
  const unfinished = fetchByName({ ...by, request: { source: 'cirrus', date: '20260830' } })
  await assert.rejects(unfinished, refusedWith('EXPORT_UNFINISHED', /_SUCCESS/))
  const unknown = fetchByName({ ...by, request: { source: 'cirrus', wiki: 'xxwiki' } })
  await assert.rejects(unknown, refusedWith('DUMP_NOT_FOUND', /xxwiki/))
})

test('part bytes of an earlier call are built upon', async (t) => {
  const { mirror, by, original } = await begin(t)
  const part = join(by.out, 'kowiki/20260901', `${articlesName}.part`)
  await mkdir(dirname(part), { recursive: true })
  await writeFile(part, original.subarray(0, 12_345))
  const validator = `"${createHash('md5').update(original).digest('hex')}"`
  await writeFile(`${part}.json`, JSON.stringify({ url: `${mirror.url}20260901/${articlesName}`, validator }))
  await fetchByName(by)
  const ranges = mirror.visits.filter(({ path }) => path.endsWith(articlesName)).map(({ range }) => range)
  assert.deepEqual(ranges, ['bytes=12345-'])
})

test('an error of a damaged file is one of the job, not of the arguments', async (t) => {
  const { mirror, by } = await begin(t)
  mirror.faults.set(articlesName, flipped)
  await assert.rejects(fetchByName(by), (error) => error instanceof FatalError)
})
