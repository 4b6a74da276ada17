/** The monitor over HTTP, as `naru monitor` serves it: who may look, who may act, and what the pages may load. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Access } from '../../monitor/web/access.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { naru } from '../cli/command-line.ts'
import { drive, incoming } from '../services/drive.ts'
import { pairOf, synonymOf } from '../services/events.ts'
import { openWorld, type StartedMonitor, startMonitor, type World } from './world.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-monitor-'))
const token = 'kept-secret'
let world: World
let open: StartedMonitor
let guarded: StartedMonitor

before(async () => {
  await drive(out, synonymWriter, [incoming('synonyms', synonymOf(pairOf('서울', 'Seoul')))])
  world = await openWorld(out)
  const started = [startMonitor(['--out', out]), startMonitor(['--out', out, '--token-env', 'T'], { T: token })]
  ;[open, guarded] = (await Promise.all(started)) as [StartedMonitor, StartedMonitor]
})
after(async () => {
  await Promise.all([open?.stop(), guarded?.stop()])
  await world.close()
  rmSync(out, { recursive: true, force: true })
})

const judgement = { left: '서울', right: 'Seoul', verdict: 'right' }

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  return fetch(url, init)
}

test('without a token everything can be seen and nothing can be done', async () => {
  assert.equal((await fetch(`${open.url}api/topics/articles`)).status, 200)
  for (const path of ['api/synonyms/review', 'api/dead/name-finder/retry']) {
    const refused = await post(open.url + path, path.includes('dead') ? { at: 0 } : judgement)
    assert.equal(refused.status, 403)
    assert.deepEqual(await refused.json(), { code: 'TOKEN_NOT_SET' })
  }
})

test('with a token nothing is told to who does not give it', async () => {
  for (const path of [
    'api/live',
    'api/groups',
    'api/topics/articles/events?partition=0',
    'api/history?series=a&seconds=9',
  ]) {
    assert.equal((await fetch(guarded.url + path)).status, 401, path)
  }
  assert.equal((await post(`${guarded.url}api/synonyms/review`, judgement)).status, 401)
  const wrong = await post(`${guarded.url}api/synonyms/review`, judgement, { authorization: 'Bearer kept-secreT' })
  assert.equal(wrong.status, 401)
  const right = await fetch(`${guarded.url}api/groups`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(right.status, 200)
})

test('the token opens a session, whose cookie acts for pages of the monitor alone', async () => {
  assert.equal((await post(`${guarded.url}api/session`, { token: 'wrong' })).status, 401)
  const session = await post(`${guarded.url}api/session`, { token })
  const cookie = session.headers.get('set-cookie') ?? ''
  assert.match(cookie, /HttpOnly; SameSite=Strict/)
  assert.ok(!cookie.includes(token))
  const withCookie = { cookie: cookie.split(';')[0]! }
  const act = (origin?: string) =>
    post(`${guarded.url}api/synonyms/review`, judgement, { ...withCookie, ...(origin && { origin }) })
  assert.equal((await act()).status, 403)
  assert.equal((await act('http://elsewhere.example')).status, 403)
  assert.equal((await act(new URL(guarded.url).origin)).status, 200)
  const kept = readFileSync(join(out, 'synonyms', 'review.jsonl'), 'utf8')
  assert.match(kept, /"korean":"서울".*"verdict":"right"/)
})

test('a name that is not of this machine is not answered on the loopback', async () => {
  const status = await new Promise((resolve) => {
    const asked = request(`${open.url}api/groups`, { headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.end()
  })
  assert.equal(status, 421)
  assert.ok(new Access(undefined, '127.0.0.1').isKnownHost({ method: 'GET', headers: { host: 'localhost:80' } }))
})

test('an address that others reach is refused without a token', async () => {
  const { code, stderr } = await naru(['monitor', '--port', '0', '--host', '0.0.0.0', '--out', out])
  assert.equal(code, 2)
  assert.match(stderr, /MONITOR_OPEN/)
})

test('a page may load from the monitor alone and evaluate nothing', async () => {
  const policy = (await fetch(open.url)).headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.ok(!policy.includes('unsafe'))
  for (const path of ['assets/../web/server.ts', 'assets/%2e%2e/web/server.ts', 'vendor/package.json']) {
    assert.equal((await fetch(open.url + path)).status, 404, path)
  }
})

test('events are decoded, dead letters tell their cause, groups their member', async () => {
  const get = async (path: string) => (await fetch(open.url + path)).json() as Promise<never>
  const { events }: { events: { kind: string; value: { title: string } }[] } = await get(
    'api/topics/articles/events?partition=0&offset=0',
  )
  assert.match(events[0]!.value.title, /^문서 \d+$/)
  const { total, letters }: { total: number; letters: Record<string, unknown>[] } = await get('api/dead/name-finder')
  assert.equal(total, 1)
  assert.equal(letters[0]!.code, 'EVENT_INVALID')
  assert.equal((letters[0]!.event as { title: string }).title, '망가진 문서')
  const groups: { id: string; members: { id: string }[] }[] = await get('api/groups')
  assert.deepEqual(groups.find(({ id }) => id === 'name-finder')!.members[0]!.id, `process ${process.pid}`)
  const { partitions }: { partitions: { end: number; positions: Record<string, number> }[] } =
    await get('api/topics/articles')
  assert.equal(
    partitions.reduce((sum, { end }) => sum + end, 0),
    40,
  )
  assert.equal(partitions[0]!.positions['name-finder'], 1)
})

test('every series that a page draws has a history', async () => {
  const views = join(packageRoot, 'monitor', 'pages', 'views')
  const series = readdirSync(views)
    .flatMap((view) => [...readFileSync(join(views, view), 'utf8').matchAll(/useHistory\(\[([^\]]+)\]\)/g)])
    .flatMap(([, list = '']) => [...list.matchAll(/`([^`]+)`/g)])
    .map(([, name = '']) =>
      name.replace(/^topic\.\$\{\w+\}/, 'topic.articles').replace(/^service\.\$\{\w+\}/, 'service.name-finder'),
    )
  assert.ok(series.length >= 4)
  // Bytes a second are known when the process has told of them twice.
  await world.articles(2)
  const newest = async () => {
    const answer = await fetch(`${open.url}api/history?series=${series.join(',')}&seconds=60`)
    const { samples } = (await answer.json()) as { samples: (number | null)[][] }
    return samples.at(-1)
  }
  const untilMs = Date.now() + 20_000
  let sample = await newest()
  while (!sample?.every((value) => value !== null) && Date.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    sample = await newest()
  }
  const [atMs, ...values] = sample ?? []
  assert.ok(Date.now() - atMs! < 60_000)
  assert.deepEqual(
    series.filter((_, at) => typeof values[at] !== 'number'),
    [],
  )
})
