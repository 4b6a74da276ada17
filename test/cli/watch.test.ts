/** naru watch against a server of our own that publishes a second dump while it looks. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pauseBefore } from '../../cli/watch-pauses.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { entry, naru } from './command-line.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-watch-'))
after(() => rmSync(root, { recursive: true, force: true }))
const sample = join(packageRoot, 'dataset', 'sample')

interface Mirror {
  readonly url: string
  readonly requests: { readonly path: string; readonly status: number; readonly agent: string }[]
  /** Dates with the state of their jobs. */
  readonly dates: Map<string, 'done' | 'in-progress'>
  readonly server: Server
}

/** The sample in the layout of dumps.wikimedia.org: <wiki>/<date>/, with validators on every text. */
async function mirrorOfSample(): Promise<Mirror> {
  const dates: Mirror['dates'] = new Map([['20260901', 'done']])
  const requests: Mirror['requests'] = []
  const textAt = (path: string): Buffer | undefined => {
    const [wiki = '', date, name] = path.split('/').filter((part) => part !== '')
    if (date === undefined)
      return Buffer.from([...dates.keys()].map((one) => `<a href="${one}/">${one}/</a>\n`).join(''))
    const state = dates.get(date)
    if (state === undefined || !existsSync(join(sample, date, wiki))) return undefined
    const folder = join(sample, date, wiki)
    if (name === undefined)
      return Buffer.from(
        readdirSync(folder)
          .map((one) => `<a href="${one}">${one}</a>\n`)
          .join(''),
      )
    const file = join(folder, name)
    if (!existsSync(file) || !statSync(file).isFile()) return undefined
    const content = readFileSync(file)
    if (name !== 'dumpstatus.json') return content
    return Buffer.from(content.toString().replaceAll('"done"', JSON.stringify(state)))
  }
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const answer = (status: number, body?: Buffer, headers = {}) => {
      requests.push({ path, status, agent: request.headers['user-agent'] ?? '' })
      response.writeHead(status, headers).end(body)
    }
    const content = textAt(path)
    if (!content) return answer(404)
    const etag = `"${content.length}-${content.toString('latin1').includes('in-progress')}"`
    if (request.headers['if-none-match'] === etag) return answer(304)
    const range = /^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1]
    answer(range === undefined ? 200 : 206, content.subarray(Number(range ?? 0)), {
      etag,
      'content-length': content.length - Number(range ?? 0),
      ...(range !== undefined && { 'content-range': `bytes ${range}-${content.length - 1}/${content.length}` }),
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, requests, dates, server }
}

test('a dump is taken when it is complete and not before, by a watcher that asks only for what has changed', async (t) => {
  const mirror = await mirrorOfSample()
  t.after(() => mirror.server.close())
  const out = join(root, 'run')
  const from = (wiki: string) => `${mirror.url}${wiki}/20260901/`
  const begun = await naru(['download', '--ko', from('kowiki'), '--en', from('enwiki'), '--out', out, '--quiet'])
  assert.equal(begun.code, 0, begun.stderr)

  const args = ['watch', '--mirror', mirror.url, '--out', out, '--every', '0.0002']
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], { cwd: packageRoot })
  t.after(() => child.kill('SIGKILL'))
  let told = ''
  child.stdout.on('data', (text: Buffer) => (told += text.toString()))
  child.stderr.on('data', (text: Buffer) => (told += text.toString()))
  const until = async (pattern: RegExp) => {
    const from = told.length
    while (!pattern.test(told.slice(from))) {
      if (child.exitCode !== null) assert.fail(told)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  await until(/no new dump is complete[\s\S]*no new dump is complete/)
  assert.ok(mirror.requests.some(({ status, path }) => status === 304 && path.endsWith('dumpstatus.json')))
  assert.ok(mirror.requests.every(({ agent }) => agent.startsWith('naru/')))

  mirror.dates.set('20261001', 'in-progress')
  await until(/no new dump is complete[\s\S]*no new dump is complete/)
  assert.ok(!existsSync(join(out, 'wikipedia/dumps/kowiki/20261001')))

  mirror.dates.set('20261001', 'done')
  await until(/ updated\n[\s\S]*no new dump is complete/)
  for (const wiki of ['kowiki', 'enwiki']) {
    const copy = join(out, 'wikipedia/dumps', wiki, '20261001', `${wiki}-20261001-page.sql.gz`)
    assert.deepEqual(readFileSync(copy), readFileSync(join(sample, '20261001', wiki, `${wiki}-20261001-page.sql.gz`)))
  }
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number | null]
  assert.equal(code, 130)

  const looked = await naru(['watch', '--mirror', mirror.url, '--out', out, '--once', '--json'])
  const { at, ...outcome } = JSON.parse(looked.stdout)
  assert.ok(Date.parse(at) > 0)
  assert.deepEqual(outcome, { found: null })
  const updated = await naru(['update', '--mirror', mirror.url, '--out', out, '--json'])
  assert.deepEqual(JSON.parse(updated.stdout), {
    updated: false,
    ko: `${mirror.url}kowiki/20261001/`,
    en: `${mirror.url}enwiki/20261001/`,
  })
})

test('an update needs a run', async () => {
  for (const command of ['update', 'watch', 'trace']) {
    const { code, stderr } = await naru([
      command,
      ...(command === 'trace' ? ['x'] : []),
      '--out',
      join(root, 'nowhere'),
    ])
    assert.equal(code, 2)
    assert.match(stderr, /RUN_MISSING: there is no run here/)
  }
})

test('pauses are the interval, a tenth more or less, and twice as long for each failure up to half a day', () => {
  const hour = 3_600_000
  assert.equal(pauseBefore(0, 6, 0.5), 6 * hour)
  assert.equal(pauseBefore(0, 6, 0), 5.4 * hour)
  assert.ok(Math.abs(pauseBefore(0, 6, 1) - 6.6 * hour) < 1)
  assert.equal(pauseBefore(1, 1, 0.5), 2 * hour)
  assert.equal(pauseBefore(9, 1, 0.5), 12 * hour)
  assert.equal(pauseBefore(9, 48, 0.5), 48 * hour)
})
