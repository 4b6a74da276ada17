import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFile, cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { drive, driveToEnd, sampleFolder, temporaryFolder } from './dump-downloader-drive.ts'

const sample = (wiki: string) => fileURLToPath(new URL(`20260901/${wiki}`, sampleFolder))
const real = fileURLToPath(new URL('../../../shared/data/wiki-dumps/', import.meta.url))
const both = [
  { language: 'ko', location: sample('kowiki') },
  { language: 'en', location: sample('enwiki') },
]
const articlesName = 'kowiki-20260901-pages-articles-multistream.xml.bz2'

function sha1ByPython(file: string): string {
  const program = 'import hashlib,sys; print(hashlib.sha1(open(sys.argv[1],"rb").read()).hexdigest())'
  return execFileSync('python3', ['-c', program, file], { encoding: 'utf8' }).trim()
}

test('the sample is copied, verified and announced: for each input articles with index, then langlinks with page table', async (t) => {
  const data = await temporaryFolder(t)
  const { events, progress } = await driveToEnd(data, { inputs: both })

  assert.deepEqual(
    events.map(({ wiki, language, date, kind }) => [wiki, language, date, kind]),
    [
      ['kowiki', 'ko', '20260901', 'articles'],
      ['kowiki', 'ko', '20260901', 'langlinks'],
      ['enwiki', 'en', '20260901', 'articles'],
      ['enwiki', 'en', '20260901', 'langlinks'],
    ],
  )
  const [articles, langlinks] = events
  const folder = 'wikipedia/dumps/kowiki/20260901'
  assert.equal(articles?.address, `${folder}/${articlesName}`)
  assert.equal(articles.indexAddress, `${folder}/kowiki-20260901-pages-articles-multistream-index.txt.bz2`)
  assert.equal(articles.pageTableAddress, null)
  assert.equal(langlinks?.address, `${folder}/kowiki-20260901-langlinks.sql.gz`)
  assert.equal(langlinks.indexAddress, null)
  assert.equal(langlinks.pageTableAddress, `${folder}/kowiki-20260901-page.sql.gz`)
  for (const { address, bytes, sha1, indexAddress, pageTableAddress } of events) {
    assert.equal(sha1, sha1ByPython(join(data, address)))
    assert.equal(bytes, (await stat(join(data, address))).size)
    for (const companion of [indexAddress, pageTableAddress].filter((each) => each !== null)) {
      const original = join(sample(companion.includes('kowiki') ? 'kowiki' : 'enwiki'), basename(companion))
      assert.deepEqual(await readFile(join(data, companion)), await readFile(original))
    }
  }
  const last = progress.at(-1)
  assert.ok(last !== undefined && last.done > 0)
  assert.equal(last.done, last.total)
})

test('a file: URL gives the same events as the path', async (t) => {
  const [one, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const url = new URL('20260901/kowiki/', sampleFolder).href
  const byUrl = await driveToEnd(one, { inputs: [{ language: 'ko', location: url }] })
  const byPath = await driveToEnd(other, { inputs: [{ language: 'ko', location: sample('kowiki') }] })
  assert.deepEqual(byUrl.events, byPath.events)
})

for (const list of ['kowiki-20260901-sha1sums.txt', 'kowiki-20260901-md5sums.txt', 'dumpstatus.json']) {
  test(`a damaged file is refused where only ${list} is there, and nothing is announced of it`, async (t) => {
    const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
    for (const name of (await readdir(sample('kowiki'))).filter((name) => /\.(bz2|gz)$/.test(name) || name === list)) {
      await copyFile(join(sample('kowiki'), name), join(folder, name))
    }
    const damaged = await readFile(join(folder, articlesName))
    damaged[damaged.length >> 1]! ^= 1
    await writeFile(join(folder, articlesName), damaged)

    const { events, error } = await drive(data, { inputs: [{ language: 'ko', location: folder }] })
    assert.ok(error instanceof FatalError)
    assert.equal(error.code, 'CHECKSUM_MISMATCH')
    assert.match(error.at.file ?? '', new RegExp(articlesName))
    assert.match(error.message, /(sha1|md5) should be [0-9a-f]+, but is [0-9a-f]+/)
    assert.ok(error.hint)
    assert.deepEqual(events, [])
    const left = await readdir(join(data, 'wikipedia/dumps/kowiki/20260901'))
    assert.deepEqual(
      left.filter((name) => name.includes('articles-multistream.xml') || /\.(copy|part)$/.test(name)),
      [],
    )
  })
}

test('a file that is shorter than dumpstatus.json says is refused with both sizes', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  await cp(sample('kowiki'), folder, { recursive: true })
  const whole = await readFile(join(folder, articlesName))
  await writeFile(join(folder, articlesName), whole.subarray(0, 1000))
  const { error } = await drive(data, { inputs: [{ language: 'ko', location: folder }] })
  assert.ok(error instanceof FatalError)
  assert.equal(error.message, `size should be ${whole.length} bytes, but is 1000 bytes`)
})

test('lists of checksums that contradict each other are refused', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  await cp(sample('kowiki'), folder, { recursive: true })
  await writeFile(join(folder, 'kowiki-20260901-sha1sums.txt'), `${'0'.repeat(40)}  ${articlesName}\n`)
  const { error } = await drive(data, { inputs: [{ language: 'ko', location: folder }] })
  assert.ok(error instanceof FatalError)
  assert.equal(error.code, 'CHECKSUMS_DISAGREE')
})

test('a list of checksums that is no such list is refused with its file and line', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  await cp(sample('kowiki'), folder, { recursive: true })
  await writeFile(join(folder, 'kowiki-20260901-sha1sums.txt'), '<html>\n')
  const { error } = await drive(data, { inputs: [{ language: 'ko', location: folder }] })
  assert.ok(error instanceof FatalError)
  assert.equal(error.code, 'CHECKSUMS_MALFORMED')
  assert.equal(error.at.line, 1)
  assert.match(error.at.file ?? '', /sha1sums/)
})

test('without index, tables and checksums the articles still go on, with warnings and a computed SHA-1', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  await copyFile(join(sample('kowiki'), articlesName), join(folder, articlesName))
  const { events, log } = await driveToEnd(data, { inputs: [{ language: 'ko', location: folder }] })
  assert.equal(events.length, 1)
  assert.equal(events[0]?.indexAddress, null)
  assert.equal(events[0]?.sha1, sha1ByPython(join(folder, articlesName)))
  const warnings = log.filter(({ level }) => level === 'warn').map(({ msg }) => msg)
  assert.deepEqual(warnings, ['dump without langlinks and page tables', 'no checksum is published, taken as it is'])
})

test('a lone file takes its wiki from its name, or else from the language', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  const bytes = await readFile(join(sample('kowiki'), articlesName))
  await writeFile(join(folder, 'simplewiki-berlin.xml.bz2'), bytes)
  await writeFile(join(folder, 'pages.xml.bz2'), bytes)
  const { events } = await driveToEnd(data, {
    inputs: [
      { language: 'en', location: join(folder, 'simplewiki-berlin.xml.bz2') },
      { language: 'ko', location: join(folder, 'pages.xml.bz2') },
      { language: 'ko', location: join(folder, 'pages.xml.bz2'), wiki: 'kowiktionary' },
    ],
  })
  assert.deepEqual(
    events.map(({ wiki, date, address }) => [wiki, date, address]),
    [
      ['simplewiki', 'undated', 'wikipedia/dumps/simplewiki/undated/simplewiki-berlin.xml.bz2'],
      ['kowiki', 'undated', 'wikipedia/dumps/kowiki/undated/pages.xml.bz2'],
      ['kowiktionary', 'undated', 'wikipedia/dumps/kowiktionary/undated/pages.xml.bz2'],
    ],
  )
})

test('real lone files are taken as they are', async (t) => {
  const files = ['kowiki-berlin.xml.bz2', 'enwiki-206pages.xml.bz2']
  if (!(await stat(real).catch(() => undefined))) return t.skip('the real data is not beside the checkout')
  const data = await temporaryFolder(t)
  const inputs = files.map((name) => ({ language: name.slice(0, 2), location: join(real, name) }))
  const { events } = await driveToEnd(data, { inputs })
  assert.deepEqual(
    events.map(({ wiki, kind }) => [wiki, kind]),
    [
      ['kowiki', 'articles'],
      ['enwiki', 'articles'],
    ],
  )
  for (const [i, name] of files.entries()) assert.equal(events[i]?.sha1, sha1ByPython(join(real, name)))
})

test('an articles file of a dump, named by itself, brings its index and tables', async (t) => {
  const [one, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const inputs = (location: string) => ({ inputs: [{ language: 'ko', location }] })
  const byFile = await driveToEnd(one, inputs(join(sample('kowiki'), articlesName)))
  const byFolder = await driveToEnd(other, inputs(sample('kowiki')))
  assert.deepEqual(byFile.events, byFolder.events)
})

test('in a folder with the dumps of two wikis the language tells which is meant', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  for (const wiki of ['kowiki', 'enwiki']) {
    for (const name of (await readdir(sample(wiki))).filter((name) => name.startsWith(wiki))) {
      await copyFile(join(sample(wiki), name), join(folder, name))
    }
  }
  const inputs = ['ko', 'en'].map((language) => ({ language, location: folder }))
  const { events } = await driveToEnd(data, { inputs })
  assert.deepEqual(
    events.map(({ wiki }) => wiki),
    ['kowiki', 'kowiki', 'enwiki', 'enwiki'],
  )
})

for (const [name, inputs, code] of [
  ['no input', [], 'INPUTS_MISSING'],
  ['a missing path', [{ language: 'ko', location: '/nowhere/kowiki' }], 'LOCATION_MISSING'],
  ['a scheme that is not read', [{ language: 'ko', location: 'ftp://host/kowiki/' }], 'LOCATION_INVALID'],
  ['a folder without a dump', [{ language: 'ko', location: fileURLToPath(sampleFolder) }], 'DUMP_NOT_FOUND'],
  ['the same dump twice', [both[0], both[0]], 'INPUT_TWICE'],
  [
    'a table in place of articles',
    [{ language: 'ko', location: join(sample('kowiki'), 'kowiki-20260901-page.sql.gz') }],
    'LOCATION_NO_ARTICLES',
  ],
] as const) {
  test(`${name} is refused with a hint before any work`, async (t) => {
    const data = await temporaryFolder(t)
    const { events, error } = await drive(data, { inputs })
    assert.ok(error instanceof ConfigError, String(error))
    assert.equal(error.code, code)
    assert.ok(error.hint)
    assert.deepEqual(events, [])
    assert.deepEqual(await readdir(data), [])
  })
}

test('with copyLocalFiles off the files are verified and read where they lie', async (t) => {
  const data = await temporaryFolder(t)
  const { events } = await driveToEnd(data, { inputs: both, copyLocalFiles: false })
  assert.equal(events[0]?.address, join(sample('kowiki'), articlesName))
  const names = await readdir(join(data, 'wikipedia/dumps/kowiki/20260901'))
  assert.ok(names.every((name) => name.endsWith('.verified.json')))
})

test('a dump that lies in the data set already is verified in place', async (t) => {
  const data = await temporaryFolder(t)
  const folder = join(data, 'wikipedia/dumps/kowiki/20260901')
  await cp(sample('kowiki'), folder, { recursive: true })
  const before = (await stat(join(folder, articlesName))).ino
  const { events } = await driveToEnd(data, { inputs: [{ language: 'ko', location: folder }] })
  assert.equal(events[0]?.address, `wikipedia/dumps/kowiki/20260901/${articlesName}`)
  assert.equal((await stat(join(folder, articlesName))).ino, before)
})

test('a restart yields the same events without reading the files again', async (t) => {
  const data = await temporaryFolder(t)
  const first = await driveToEnd(data, { inputs: both })
  const second = await driveToEnd(data, { inputs: both })
  assert.deepEqual(second.events, first.events)
  assert.equal(second.log.filter(({ msg }) => msg === 'file was verified before').length, 8)
})

test('a copy that was changed since is made anew', async (t) => {
  const data = await temporaryFolder(t)
  const inputs = [{ language: 'ko', location: sample('kowiki') }]
  const { events } = await driveToEnd(data, { inputs })
  const copy = join(data, events[0]!.address)
  await writeFile(copy, 'changed')
  await utimes(copy, 1, 1)
  const again = await driveToEnd(data, { inputs })
  assert.deepEqual(again.events, events)
  assert.equal(sha1ByPython(copy), events[0]!.sha1)
})

test('an original that was replaced since is copied anew', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  const location = join(folder, 'kowiki-mine.xml.bz2')
  const inputs = [{ language: 'ko', location }]
  await copyFile(join(sample('kowiki'), articlesName), location)
  await driveToEnd(data, { inputs })
  await copyFile(join(sample('enwiki'), articlesName.replace('ko', 'en')), location)
  const { events } = await driveToEnd(data, { inputs })
  assert.equal(events[0]?.sha1, sha1ByPython(location))
  assert.equal(sha1ByPython(join(data, events[0].address)), sha1ByPython(location))
})

test('a list of checksums that came later is held against a file verified before it', async (t) => {
  const [data, folder] = [await temporaryFolder(t), await temporaryFolder(t)]
  const location = join(folder, articlesName)
  const inputs = [{ language: 'ko', location }]
  await copyFile(join(sample('kowiki'), articlesName), location)
  await driveToEnd(data, { inputs })
  await writeFile(join(folder, 'md5sums.txt'), `${'0'.repeat(32)}  ${articlesName}\n`)
  const { events, error } = await drive(data, { inputs })
  assert.ok(error instanceof FatalError)
  assert.equal(error.code, 'CHECKSUM_MISMATCH')
  assert.deepEqual(events, [])
})

test('an abort ends the work with its own reason and leaves no half copies', async (t) => {
  const data = await temporaryFolder(t)
  const controller = new AbortController()
  controller.abort(new Error('stopped by hand'))
  const { events, error } = await drive(data, { inputs: both }, controller.signal)
  assert.ok(error instanceof Error)
  assert.equal(error.message, 'stopped by hand')
  assert.deepEqual(events, [])
  const left = await readdir(data, { recursive: true })
  assert.deepEqual(
    left.filter((name) => /\.(copy|part|bz2|gz)$/.test(name)),
    [],
  )
})

test('settings refuse unknown keys and more connections than Wikimedia allows', async (t) => {
  const data = await temporaryFolder(t)
  await mkdir(data, { recursive: true })
  await assert.rejects(drive(data, { inputs: both, conections: 2 }), /conections/)
  await assert.rejects(drive(data, { inputs: both, connections: 4 }), /connections/)
  await rm(data, { recursive: true })
})

const items = 'wikidatawiki-20260901-wb_items_per_site.sql.gz'

test('the table of Wikidata comes last, copied and announced as such', async (t) => {
  const [data, elsewhere] = [await temporaryFolder(t), await temporaryFolder(t)]
  const file = join(elsewhere, items)
  await writeFile(file, 'rows')
  const { events } = await driveToEnd(data, { inputs: both, wikidata: file })
  const { sha1: _, ...last } = events.at(-1)!
  assert.equal(events.length, 5)
  assert.deepEqual(last, {
    wiki: 'wikidatawiki',
    language: 'mul',
    date: '20260901',
    kind: 'wikidata',
    address: `wikipedia/dumps/wikidatawiki/20260901/${items}`,
    bytes: 4,
    indexAddress: null,
    pageTableAddress: null,
  })
  assert.equal(await readFile(join(data, last.address), 'utf8'), 'rows')
})

test('another file, or none, in place of the table of Wikidata is refused', async (t) => {
  const data = await temporaryFolder(t)
  const other = join(sample('kowiki'), 'kowiki-20260901-page.sql.gz')
  for (const [wikidata, code] of [
    [other, 'LOCATION_NO_ITEMS'],
    [join(data, items), 'LOCATION_MISSING'],
  ] as const) {
    const { error } = await drive(data, { inputs: both, wikidata })
    assert.ok(error instanceof ConfigError && error.code === code, `${error}`)
  }
})
