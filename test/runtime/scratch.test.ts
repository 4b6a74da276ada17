/** Scratch tables of runs that follow one another in one place, and may overlap. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import { packageRoot } from '../../runtime/package-root.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-scratch-'))
after(() => rmSync(root, { recursive: true, force: true }))

test('a run that ends late takes nothing from the next one in its place', async () => {
  const place = join(root, 'overlap')
  const late = openScratch(place)
  late.table<string>('names').put('ferry', 'of the first')
  const next = openScratch(place)
  const names = next.table<string>('names')
  assert.equal(names.get('ferry'), undefined)
  names.put('ferry', 'of the second')
  const file = join(next.folder('parts'), 'part')
  await late.dispose()
  writeFileSync(file, 'written after the first ended')
  assert.deepEqual([...names.entries()], [{ key: 'ferry', value: 'of the second' }])
  await next.dispose()
  assert.equal(existsSync(place), false)
})

test('what a process left that is gone is removed by the next', async () => {
  const place = join(root, 'left')
  const open = `import { openScratch } from './runtime/embedded/scratch.ts'; openScratch(process.argv[1]); process.kill(process.pid, 'SIGKILL')`
  assert.throws(() =>
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', open, place], { cwd: packageRoot }),
  )
  const [left] = readdirSync(place)
  assert.ok(left)
  const scratch = openScratch(place)
  assert.equal(readdirSync(place).includes(left), false)
  await scratch.dispose()
})
