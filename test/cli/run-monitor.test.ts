/** naru run --monitor as a person meets it: an address, a page that its token opens, and both gone with ctrl-C. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { drive, incoming } from '../services/drive.ts'
import { pairOf, synonymOf } from '../services/events.ts'
import { entry } from './command-line.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-run-monitor-'))
after(() => rmSync(out, { recursive: true, force: true }))

test('naru run --monitor tells an address, whoever has its token may judge there, and it ends with the run', async () => {
  await drive(out, synonymWriter, [incoming('synonyms', synonymOf(pairOf('서울', 'Seoul')))])
  const args = ['run', '--out', out, '--limit', '20', '--monitor', '0', '--token-env', 'MONITOR_TOKEN']
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], {
    cwd: packageRoot,
    env: { ...process.env, MONITOR_TOKEN: 'kept-secret' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const said: string[] = []
  let url: string | undefined
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    url = /monitor: (http:\S+)$/.exec(line)?.[1]
    if (url !== undefined) break
  }
  child.stderr.resume()
  assert.ok(url, said.join('\n'))

  assert.equal((await fetch(`${url}api/groups`)).status, 401)
  const headers = { authorization: 'Bearer kept-secret', 'content-type': 'application/json' }
  assert.equal((await fetch(`${url}api/groups`, { headers })).status, 200)
  const body = JSON.stringify({ left: '서울', right: 'Seoul', verdict: 'right' })
  assert.equal((await fetch(`${url}api/synonyms/review`, { method: 'POST', headers, body })).status, 200)
  assert.match(readFileSync(join(out, 'synonyms', 'review.jsonl'), 'utf8'), /"verdict":"right"/)

  // Until the run is at work, ctrl-C ends the process as it does any other.
  while (!existsSync(join(out, 'state', 'run.json'))) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill('SIGINT')
  assert.deepEqual(await ended, [130, null])
  await assert.rejects(fetch(url))
})
