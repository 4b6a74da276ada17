/** What is derived agrees with what it is derived from, and the sources are formatted: what `npm test` alone sees, as CI runs it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'

function run(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: packageRoot, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('types and published versions are those of the schemas', () => {
  const { status, said } = run('--import', 'tsx', 'schemas/generate.ts', '--check')
  assert.equal(status, 0, said)
})

test('reference pages, compose file, chart, drawing, alerts and board are those of the topology and the code', () => {
  const { status, said } = run('--import', 'tsx', 'deploy/derive.ts', '--check')
  assert.equal(status, 0, said)
})

test('every file is formatted and passes the lint', () => {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const { status, said } = run(biome, 'check', '.')
  assert.equal(status, 0, said)
})
