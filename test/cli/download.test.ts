import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { download } from '../../cli/commands/download.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { type Mirror, serveUntil, startMirror } from '../services/dump-downloader-mirror.ts'
import { entry, naru } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-download-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const articlesName = 'kowiki-20260901-pages-articles-multistream.xml.bz2'
const byName = ['download', '--wiki', 'kowiki', '--date', '2026-09-01']

async function mirrorOf(t: TestContext): Promise<{ mirror: Mirror; root: string }> {
  const mirror = await startMirror(t, new URL('../../dataset/sample/', import.meta.url), 'kowiki')
  return { mirror, root: new URL('..', mirror.url).href }
}

test('a dump by name: progress as plain lines on standard error, the files on standard output, exit 0', async (t) => {
  const { root } = await mirrorOf(t)
  const { code, stdout, stderr } = await naru([...byName, '--mirror', root, '--out', join(folder, 'plain')])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /multistream\.xml\.bz2 +730 kB {2}bytes, sha1, md5/)
  assert.match(stderr, /^dump-downloader +done: 917 kB in /m)
})

test('--json prints one summary with every file, its checksum and what was compared', async (t) => {
  const { root } = await mirrorOf(t)
  const out = join(folder, 'json')
  const only = ['--kinds', 'page,redirect', '--json', '--quiet']
  const { code, stdout, stderr } = await naru([...byName, '--mirror', root, '--out', out, ...only])
  assert.equal(code, 0, stderr)
  assert.equal(stderr, '')
  const { dumps, bytes } = JSON.parse(stdout)
  assert.deepEqual(
    dumps.map(({ wiki, source, date, folder }: Record<string, unknown>) => [wiki, source, date, folder]),
    [['kowiki', 'dump', '20260901', join(out, 'kowiki/20260901')]],
  )
  assert.deepEqual(
    dumps[0].files.map(({ name }: { name: string }) => name),
    ['kowiki-20260901-page.sql.gz', 'kowiki-20260901-redirect.sql.gz'],
  )
  assert.equal(
    bytes,
    dumps[0].files.reduce((sum: number, { path }: { path: string }) => sum + statSync(path).size, 0),
  )
})

test('a file that is damaged on the mirror is refused with what, where and what to do, exit 1', async (t) => {
  const { mirror, root } = await mirrorOf(t)
  const whole = mirror.files.get(`/kowiki/20260901/${articlesName}`)
  mirror.files.set(`/kowiki/20260901/${articlesName}`, Buffer.from(whole ?? '').fill(7, 0, 100))
  const { code, stdout, stderr } = await naru([...byName, '--mirror', root, '--out', join(folder, 'damaged')])
  assert.equal(code, 1)
  assert.equal(stdout, '')
  assert.match(stderr, /downloaded file is damaged, it is fetched again/)
  assert.match(stderr, /CHECKSUM_MISMATCH: sha1 should be/)
  assert.ok(stderr.includes(articlesName))
  assert.match(stderr, / hint {2}/)
})

for (const [what, flags, code] of [
  ['--wiki beside --ko', { wiki: ['kowiki'], ko: 'x' }, 'FLAGS_MIXED'],
  ['--mirror without --wiki', { mirror: '/nowhere' }, 'WIKI_MISSING'],
  ['a date that is none', { wiki: ['kowiki'], date: 'yesterday' }, 'DATE_INVALID'],
  ['a wiki that is none', { wiki: ['ko.wikipedia.org'] }, 'WIKI_INVALID'],
  ['--kinds of a content export', { wiki: ['kowiki'], source: 'content-export', kinds: ['page'] }, 'KINDS_UNUSED'],
  ['a mirror of an unknown kind', { wiki: ['kowiki'], mirror: 'ftp://host/' }, 'LOCATION_INVALID'],
] as const) {
  test(`${what} is refused with a hint, before any work`, async () => {
    await assert.rejects(download({ ...flags, out: join(folder, 'refused') }), (error) => {
      return error instanceof ConfigError && error.code === code && error.hint !== undefined
    })
    assert.ok(!existsSync(join(folder, 'refused')))
  })
}

test('more connections than Wikimedia allows are refused, exit 2', async () => {
  const { code, stderr } = await naru([...byName, '--connections', '4'])
  assert.equal(code, 2)
  assert.match(stderr, /--connections .*Wikimedia allows 3/)
})

test('ctrl-C ends a download with exit 130, and the same command goes on by Range', async (t) => {
  const { mirror, root } = await mirrorOf(t)
  const out = join(folder, 'stopped')
  const args = [...byName, '--mirror', root, '--out', out, '--kinds', 'articles-multistream']
  mirror.faults.set(articlesName, async (visit, response) => {
    if (visit.earlier > 0) return false
    await serveUntil(300_000, visit, response)
    return true
  })
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], {
    cwd: packageRoot,
    stdio: 'ignore',
  })
  const part = join(out, 'kowiki/20260901', `${articlesName}.part`)
  while ((statSync(part, { throwIfNoEntry: false })?.size ?? 0) < 300_000) await sleep(20)
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 130)

  const again = await naru(args)
  assert.equal(again.code, 0, again.stderr)
  const ranges = mirror.visits.filter(({ path }) => path.endsWith(articlesName)).map(({ range }) => range)
  assert.deepEqual(ranges, [undefined, 'bytes=300000-'])
})
