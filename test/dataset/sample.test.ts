import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { particleFor } from '../../dataset/sample/writing/particle.ts'

const root = join(import.meta.dirname, '../../dataset/sample')
const dates = ['20260901', '20261001'] as const
const wikis = ['kowiki', 'enwiki'] as const

const dumpSchema = z.object({
  pages: z.array(
    z.object({
      id: z.number(),
      ns: z.number(),
      title: z.string(),
      redirect: z.string().nullable(),
      revision: z.number(),
      text: z.string(),
    }),
  ),
  indexed: z.number(),
  wrongStreams: z.array(z.number()),
  wrongSha1: z.array(z.string()),
  wrongBytes: z.array(z.string()),
  firstLine: z.string(),
  pageRows: z.array(z.array(z.string())),
  langlinks: z.array(z.array(z.string())),
  redirects: z.array(z.array(z.string())),
})
type Dump = z.infer<typeof dumpSchema>

const absent = (command: string) => spawnSync(command, ['--help']).error !== undefined
const noPython = absent('python3') ? 'python3, the independent reader, is not installed' : false
const noBzip2 = absent('bzip2') ? 'bzip2 is not installed' : false

const cache = new Map<string, Dump>()

/** One dump folder as Python's bz2, gzip and ElementTree see it. */
function readByPython(date: string, wiki: string): Dump {
  const key = `${date}/${wiki}`
  const known = cache.get(key)
  if (known) return known
  const script = join(import.meta.dirname, 'read-dumps.py')
  const done = spawnSync('python3', [script, join(root, date, wiki), wiki, date], { maxBuffer: 1 << 30 })
  assert.equal(done.status, 0, done.stderr.toString())
  const dump = dumpSchema.parse(JSON.parse(done.stdout.toString()))
  cache.set(key, dump)
  return dump
}

function articlesOf(dump: Dump) {
  return dump.pages.filter((page) => page.ns === 0 && page.redirect === null)
}

/** Korean title → English title, where langlinks of both wikis agree. */
function pairsOf(date: string): Map<string, string> {
  const linked = (wiki: 'kowiki' | 'enwiki', other: string) => {
    const dump = readByPython(date, wiki)
    const titles = new Map(articlesOf(dump).map((page) => [String(page.id), page.title]))
    return dump.langlinks.flatMap(([from = '', language, title = '']) => {
      const own = titles.get(from)
      return language === other && own !== undefined ? [[own, title] as const] : []
    })
  }
  const back = new Map(linked('enwiki', 'ko').map(([english, korean]) => [korean, english]))
  return new Map(linked('kowiki', 'en').filter(([korean, english]) => back.get(korean) === english))
}

test('langlinks of both wikis agree on at least 1,200 article pairs', { skip: noPython }, () => {
  for (const date of dates) assert.ok(pairsOf(date).size >= 1200, `${date}: ${pairsOf(date).size} pairs`)
})

test('each wiki has at least 500 redirects and 60 articles without a mate', { skip: noPython }, () => {
  for (const wiki of wikis) {
    const dump = readByPython('20260901', wiki)
    const other = wiki === 'kowiki' ? 'en' : 'ko'
    const linked = new Set(dump.langlinks.filter((row) => row[1] === other).map((row) => Number(row[0])))
    const alone = articlesOf(dump).filter((page) => !linked.has(page.id))
    assert.ok(dump.redirects.length >= 500, `${wiki}: ${dump.redirects.length} redirects`)
    assert.ok(alone.length >= 60, `${wiki}: ${alone.length} articles alone`)
  }
})

test('the XML is well-formed, with true lengths and SHA-1 values of every text', { skip: noPython }, () => {
  for (const date of dates)
    for (const wiki of wikis) {
      const dump = readByPython(date, wiki)
      assert.deepEqual(dump.wrongSha1, [])
      assert.deepEqual(dump.wrongBytes, [])
    }
})

test('every index offset begins a bz2 stream that holds just the pages listed for it', { skip: noPython }, () => {
  for (const date of dates)
    for (const wiki of wikis) {
      const dump = readByPython(date, wiki)
      assert.deepEqual(dump.wrongStreams, [])
      assert.equal(dump.indexed, dump.pages.length)
    }
})

test('page.sql, langlinks.sql and redirect.sql tell the same as the XML', { skip: noPython }, () => {
  for (const date of dates)
    for (const wiki of wikis) {
      const { pages, pageRows, langlinks, redirects, firstLine } = readByPython(date, wiki)
      assert.equal(firstLine, '/*M!999999\\- enable the sandbox mode */ ')
      assert.ok(pageRows.every((row) => row.length === 12))
      assert.ok(langlinks.every((row) => row.length === 3))
      assert.ok(redirects.every((row) => row.length === 5))
      const latest = new Map(pageRows.map((row) => [Number(row[0]), row]))
      for (const page of pages) {
        const row = latest.get(page.id)
        assert.equal(Number(row?.[8]), page.revision, page.title)
        assert.equal(row?.[3], page.redirect === null ? '0' : '1', page.title)
        assert.equal(Number(row?.[9]), Buffer.byteLength(page.text), page.title)
      }
      const targets = new Map(redirects.map((row) => [Number(row[0]), row[2]?.replaceAll('_', ' ')]))
      for (const page of pages) if (page.redirect !== null) assert.equal(targets.get(page.id), page.redirect)
    }
})

test('no title stands twice in a wiki', { skip: noPython }, () => {
  for (const date of dates)
    for (const wiki of wikis) {
      const names = readByPython(date, wiki).pageRows.map((row) => `${row[1]}:${row[2]}`)
      assert.deepEqual(
        names.filter((name, at) => names.indexOf(name) !== at),
        [],
      )
    }
})

test('no slot of a sentence pattern was left unfilled', { skip: noPython }, () => {
  for (const wiki of wikis)
    for (const page of articlesOf(readByPython('20261001', wiki))) {
      const text = page.text.replace(/<math>.*?<\/math>/g, '')
      assert.doesNotMatch(text, /(?<!\{)\{[a-zA-Z][\w ]*(?::[^{}|]+)?\}(?!\})/, page.title)
      assert.doesNotMatch(text, /undefined|NaN|\[object/, page.title)
    }
})

test('the median article has 600 to 2,500 characters', { skip: noPython }, () => {
  for (const wiki of wikis) {
    const lengths = articlesOf(readByPython('20260901', wiki))
      .map((page) => page.text.length)
      .sort((a, b) => a - b)
    const median = lengths[Math.floor(lengths.length / 2)] ?? 0
    assert.ok(median >= 600 && median <= 2500, `${wiki}: ${median}`)
  }
})

test('at least 100 aliases of each wiki are link surfaces three times or more', { skip: noPython }, () => {
  for (const wiki of wikis) {
    const dump = readByPython('20260901', wiki)
    const alias = new Map(dump.pages.flatMap((page) => (page.redirect === null ? [] : [[page.title, page.redirect]])))
    const uses = new Map<string, number>()
    for (const page of articlesOf(dump))
      for (const [, target = '', surface = ''] of page.text.matchAll(/\[\[([^[\]|]+)\|([^[\]|]+)\]\]/g))
        if (alias.get(surface) === target) uses.set(surface, (uses.get(surface) ?? 0) + 1)
    const frequent = [...uses.values()].filter((count) => count >= 3).length
    assert.ok(frequent >= 100, `${wiki}: ${frequent}`)
  }
})

test('the second dump edits about 5 % of the articles and leaves the rest as they were', { skip: noPython }, () => {
  for (const wiki of wikis) {
    const before = new Map(readByPython('20260901', wiki).pages.map((page) => [page.id, page]))
    const after = readByPython('20261001', wiki).pages
    const kept = after.filter((page) => before.has(page.id))
    const edited = kept.filter((page) => before.get(page.id)?.text !== page.text)
    const moved = kept.filter((page) => before.get(page.id)?.title !== page.title)
    const share = edited.length / articlesOf(readByPython('20261001', wiki)).length
    assert.ok(share > 0.03 && share < 0.07, `${wiki}: ${share}`)
    assert.ok(moved.length >= 5 && moved.length <= 20, `${wiki}: ${moved.length} moved`)
    assert.ok(after.length - kept.length >= 10, `${wiki}: new pages`)
    const ids = new Set(after.map((page) => page.id))
    assert.ok([...before.keys()].filter((id) => !ids.has(id)).length >= 5, `${wiki}: deleted pages`)
    for (const page of kept) {
      const old = before.get(page.id)
      const same = old?.text === page.text && old.title === page.title
      assert.equal(old?.revision === page.revision, same, page.title)
    }
    for (const page of moved) {
      const left = after.find((other) => other.title === before.get(page.id)?.title)
      assert.equal(left?.redirect, page.title)
    }
  }
})

test('sha1sums, md5sums and dumpstatus.json agree with the files', () => {
  const statusSchema = z.object({
    jobs: z.record(
      z.string(),
      z.object({
        status: z.literal('done'),
        files: z.record(z.string(), z.object({ size: z.number(), url: z.string(), md5: z.string(), sha1: z.string() })),
      }),
    ),
  })
  for (const date of dates)
    for (const wiki of wikis) {
      const folder = join(root, date, wiki)
      const digest = (algorithm: string, file: string) =>
        createHash(algorithm)
          .update(readFileSync(join(folder, file)))
          .digest('hex')
      for (const algorithm of ['sha1', 'md5']) {
        const lines = readFileSync(join(folder, `${wiki}-${date}-${algorithm}sums.txt`), 'utf8')
          .trimEnd()
          .split('\n')
        assert.equal(lines.length, 5)
        for (const line of lines) {
          const [sum, file = ''] = line.split('  ')
          assert.equal(sum, digest(algorithm, file), file)
        }
      }
      const { jobs } = statusSchema.parse(JSON.parse(readFileSync(join(folder, 'dumpstatus.json'), 'utf8')))
      assert.deepEqual(Object.keys(jobs).sort(), [
        'articlesmultistreamdump',
        'langlinkstable',
        'pagetable',
        'redirecttable',
      ])
      for (const job of Object.values(jobs))
        for (const [file, facts] of Object.entries(job.files)) {
          assert.equal(facts.sha1, digest('sha1', file))
          assert.equal(facts.size, statSync(join(folder, file)).size)
          assert.equal(facts.url, `/${wiki}/${date}/${file}`)
        }
    }
})

test('both dates together stay below 6 MB', () => {
  const sizes = filesOf(root).map((file) => statSync(join(root, file)).size)
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 6_000_000)
})

test('a rebuild gives the same bytes', { skip: noBzip2 }, (t) => {
  const rebuilt = mkdtempSync(join(tmpdir(), 'naru-sample-'))
  try {
    const done = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'build.ts'), rebuilt], {
      cwd: join(root, '../..'),
    })
    assert.equal(done.status, 0, done.stderr.toString())
    assert.deepEqual(filesOf(rebuilt), filesOf(root))
    // Another version of zlib may pack the same tables differently; then only their content can be compared.
    let repacked = false
    for (const file of filesOf(root).filter((name) => name.endsWith('.gz'))) {
      const [ours, theirs] = [readFileSync(join(root, file)), readFileSync(join(rebuilt, file))]
      if (ours.equals(theirs)) continue
      repacked = true
      assert.ok(gunzipSync(ours).equals(gunzipSync(theirs)), file)
    }
    if (repacked) t.diagnostic(`zlib ${process.versions.zlib} packs differently: checksum files not compared`)
    for (const file of filesOf(root).filter((name) => !name.endsWith('.gz'))) {
      if (repacked && /sums\.txt$|dumpstatus\.json$/.test(file)) continue
      assert.ok(readFileSync(join(root, file)).equals(readFileSync(join(rebuilt, file))), file)
    }
    // The formatter may pad the table's columns; only the figures count.
    const card = (folder: string) =>
      readFileSync(join(folder, 'README.md'), 'utf8')
        .replace(/ +/g, ' ')
        .replace(/-{2,}/g, '---')
        .replace(/\| -/g, '|-')
    assert.equal(card(rebuilt).replaceAll('- |', '-|'), card(root).replaceAll('- |', '-|'))
  } finally {
    rmSync(rebuilt, { recursive: true })
  }
})

test('a Korean particle follows the sound of the last syllable, digit or letter', () => {
  const cases = [
    ['서울', '은', '은'],
    ['부산', '으로', '으로'],
    ['서울', '으로', '로'],
    ['도쿄', '이', '가'],
    ['[[수성 (행성)|수성]]', '과', '과'],
    ["'''배'''(船)", '은', '는'],
    ['1443', '을', '을'],
    ['1592', '을', '를'],
    ['CPU', '을', '를'],
    ['SQL', '은', '은'],
    ['3 km', '이나', '나'],
    ['5 kg', '이나', '이나'],
  ] as const
  for (const [word, particle, expected] of cases)
    assert.equal(particleFor(word, particle), expected, `${word}+${particle}`)
})

/** The dump files under a root, by path, in a fixed order. */
function filesOf(folder: string): string[] {
  return dates
    .flatMap((date) => wikis.map((wiki) => join(date, wiki)))
    .flatMap((path) => readdirSync(join(folder, path)).map((file) => join(path, file)))
    .sort()
}
