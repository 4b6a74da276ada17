import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { ExtractSummary } from '../../cli/extract-summary.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { articles } from '../../wiki/index.ts'
import { collect, folder, header } from '../wiki/fixtures.ts'
import { smallDump, smallPages, smallPageXml } from '../wiki/small-dump.ts'
import { naru } from './command-line.ts'

const entry = `import(${JSON.stringify(`${packageRoot}/cli/main.ts`)}).then(({ main }) => main(process.argv.slice(1)))`

/** The command line with its standard input and output in the test's hands. */
function piped(t: TestContext, args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], { cwd: packageRoot })
  t.after(() => child.kill('SIGKILL'))
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const ended = new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((resolve) => {
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    )
  })
  return { child, ended }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

test('a file of articles is made, and --json says on standard output what became of each page', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const out = join(dump.folder, 'made', 'articles.jsonl.gz')
  const { code, stdout, stderr } = await naru(['extract', dump.file, '--out', out, '--workers', '2', '--json'])
  assert.equal(code, 0, stderr)
  // A machine that is busy with other things has time to tell of its progress.
  assert.match(stderr, /^(?:article-extractor .*\n)*$/)
  const summary: ExtractSummary = JSON.parse(stdout)
  const made = await readFile(out)
  assert.deepEqual(
    { ...summary, seconds: 0, megabytesPerSecond: 0, articlesPerSecond: 0 },
    {
      inputs: [dump.file],
      output: out,
      complete: true,
      pages: 12,
      articles: 8,
      dropped: { 'kind=article,list,stub,disambiguation': 2, other_namespace: 2 },
      bad: {},
      bytesIn: (await readFile(dump.file)).length - dump.offsets[1]!,
      bytesOfXml: Buffer.byteLength(dump.xml) - Buffer.byteLength(header),
      bytesOut: made.length,
      workers: 2,
      seconds: 0,
      megabytesPerSecond: 0,
      articlesPerSecond: 0,
    },
  )
  assert.ok(summary.seconds > 0 && summary.megabytesPerSecond > 0 && summary.articlesPerSecond > 0)
  assert.deepEqual(linesOf(gunzipSync(made).toString('utf8')), await collect(articles(dump.file, { workers: 1 })))
  assert.deepEqual(await readdir(join(dump.folder, 'made')), ['articles.jsonl.gz'])
})

test('what is piped in comes out as lines, with the fields and by the filters asked for', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { child, ended } = piped(t, ['extract', '--fields', 'kind,title', '--filter', 'kind=list,stub'])
  child.stdin.end(await readFile(dump.file))
  const { code, stdout, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.deepEqual(linesOf(stdout.toString('utf8')), [
    { title: '도시 목록', kind: 'list' },
    { title: '작은 섬', kind: 'stub' },
  ])
  assert.match(stderr, /^2 articles of 12 pages, \d+ B on standard output\./)
  assert.match(stderr, /Dropped: 8 kind=list,stub; 2 other_namespace\./)
})

test('a damaged file is kept for what is whole, told with its place, and ends with 1', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const cut = join(dump.folder, 'cut.xml.bz2')
  await writeFile(cut, (await readFile(dump.file)).subarray(0, dump.offsets[3]! + 40))
  const out = join(dump.folder, 'cut.jsonl')
  const { code, stdout, stderr } = await naru(['extract', cut, '--out', out, '--json'])
  assert.equal(code, 1)
  const { complete, articles: count, bad }: ExtractSummary = JSON.parse(stdout)
  assert.deepEqual({ complete, count, bad }, { complete: false, count: 4, bad: { BZ2_TRUNCATED: 1 } })
  assert.match(stderr, new RegExp(`naru: BZ2_TRUNCATED: .*cut\\.xml\\.bz2, byte ${dump.offsets[3]}`))
  assert.match(stderr, /INPUT_DAMAGED: the input is damaged.*4 articles/)
  assert.equal(linesOf(await readFile(out, 'utf8')).length, 4)
})

test('a bad page is told with its title and counted, and the rest is a success', async (t) => {
  const file = join(await folder(t), 'bad.xml')
  const pages = smallPages.map((page, i) => smallPageXml(page, i + 1))
  await writeFile(file, `${header}${pages.join('').replace('</contributor>', '')}</mediawiki>\n`)
  const { code, stdout, stderr } = await naru(['extract', file, '--quiet', '--fields', 'title'])
  assert.equal(code, 0)
  assert.equal(linesOf(stdout).length, 7)
  assert.match(stderr, /^naru: XML_MALFORMED: .*page 1, "서울"\)\n$/)
})

test('ctrl-C ends with 130 and leaves no file behind', async (t) => {
  const dir = await folder(t)
  const { child, ended } = piped(t, ['extract', '-', '--out', join(dir, 'articles.jsonl')])
  child.stdin.on('error', () => undefined)
  child.stdin.write(header + smallPages.map((page, i) => smallPageXml(page, i + 1)).join(''))
  // It is at work once the unfinished file is there.
  while ((await readdir(dir)).length === 0) await delay(20)
  await delay(100)
  child.kill('SIGINT')
  const { code, stderr } = await ended
  assert.equal(code, 130, stderr)
  assert.match(stderr, /stopping; no unfinished file is left behind/)
  assert.deepEqual(await readdir(dir), [])
})

test('a reader that has enough ends the work without a word of failure', async (t) => {
  const dump = await smallDump(t, Array<(typeof smallPages)[number]>(300).fill(smallPages[7]!), 20)
  if (dump === undefined) return
  const { child, ended } = piped(t, ['extract', dump.file, '--quiet', '--workers', '1'])
  child.stdout.once('data', () => child.stdout.destroy())
  const { code, stderr } = await ended
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
})

test('a full disk is named', async (t) => {
  if (!existsSync('/dev/full')) {
    t.skip('there is no /dev/full here')
    return
  }
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { code, stderr } = await naru(['extract', dump.file, '--out', '/dev/full', '--workers', '1'])
  assert.equal(code, 1)
  assert.match(stderr, /^DISK_FULL: /)
})

test('what cannot be is refused before anything is written, exit 2', async (t) => {
  const dir = await folder(t)
  const out = join(dir, 'articles.jsonl')
  const none = join(dir, 'none.xml.bz2')
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [[none, '--out', out], /INPUT_MISSING: .*none\.xml\.bz2 is not there/],
    [[none, '--out', out, '--filter', 'size>3'], /FILTER_INVALID: .*no field size/],
    [[none, '--out', out, '--fields', 'titel'], /FIELD_UNKNOWN: .*titel/],
    [[none, '--out', join(dir, 'articles.csv')], /FORMAT_UNKNOWN: .*\.csv/],
    [[none, '--out', out, '--ko', dir], /FLAGS_MIXED: --ko/],
    [['--filter', 'kind=list', '--out', out], /INPUT_MISSING: no dump file is named/],
  ]
  const answers = await Promise.all(refusals.map(([args]) => naru(['extract', ...args])))
  for (const [i, { code, stderr }] of answers.entries()) {
    assert.equal(code, 2)
    assert.match(stderr, refusals[i]![1])
  }
  assert.deepEqual(await readdir(dir), [])
})
