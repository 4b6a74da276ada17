/** The fault bench in its short form: a few faults, on a few pages of the sample. docs/chaos.md has the long one. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ChaosResult } from '../../chaos/run.ts'
import { dataSetFiles } from '../../chaos/verdict.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { skipWithoutKafka, skipWithoutRedis } from './servers.ts'

const skip = skipWithoutKafka() || skipWithoutRedis()

test('a run that is broken now and then ends with the bytes of an undisturbed one and accounts for every event', {
  skip,
  timeout: 600_000,
}, async (t) => {
  // Compiled: dozens of processes are started.
  const undisturbed = mkdtempSync(join(tmpdir(), 'naru-chaos-'))
  t.after(() => rmSync(undisturbed, { recursive: true, force: true }))
  const command = [join(packageRoot, 'cli', 'bootstrap.mjs'), 'chaos', '--limit', '60', '--faults', '3']
  const flags = ['--pace', '0.5', '--undisturbed', undisturbed, '--json']
  const child = spawn(process.execPath, [...command, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const [code] = await once(child, 'close')
  assert.equal(code, 0, Buffer.concat(stderr).toString())
  const result: ChaosResult = JSON.parse(Buffer.concat(stdout).toString())
  assert.ok(result.holds)
  assert.equal(
    Object.values(result.faults).reduce((sum, count) => sum + count, 0),
    3,
  )
  if (result.leftOut.length > 0) t.diagnostic(`not possible here: ${result.leftOut.join(', ')}`)
  assert.ok((await dataSetFiles(undisturbed)).has('synonyms/clusters.jsonl'), 'the run to compare with stays')
  for (const { ledger } of result.rounds) assert.ok(ledger.length > 10 && ledger.every(({ sent }) => sent > 0))
})
