import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'

/** Work that never ends by itself; it says what it hears, and with `obeys` stops when it is asked to. */
const program = (obeys: boolean) => `
import { listenForInterrupts } from '${packageRoot}/cli/interrupt.ts'
const { signal } = listenForInterrupts((message) => console.log(message))
const work = setInterval(() => { if (${obeys} && signal.aborted) { clearInterval(work); process.exitCode = signal.reason.exitCode; process.exit() } }, 20)
console.log('ready')`

function started(obeys: boolean) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program(obeys)], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

test('ctrl-C once asks for an end in order, and the exit code is 130', async () => {
  const { child, lines } = started(true)
  await lines.next()
  child.kill('SIGINT')
  assert.match((await lines.next()).value, /stopping in order.*Press ctrl-C again to stop at once/)
  assert.deepEqual(await once(child, 'exit'), [130, null])
})

test('ctrl-C twice ends what does not stop in order, at once, and SIGTERM counts as 143', async () => {
  const { child, lines } = started(false)
  await lines.next()
  child.kill('SIGINT')
  await lines.next()
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [143, null])
})
