/** Commands whose result is short say it as JSON too: what a script reads instead of the words. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { completionOf } from '../../cli/completion.ts'
import { program } from '../../cli/main.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { entry, naru } from './command-line.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-json-'))
after(() => rmSync(out, { recursive: true, force: true }))

test('naru completion --json has the script that is printed without it', async () => {
  const { code, stdout } = await naru(['completion', 'zsh', '--json'])
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(stdout), { shell: 'zsh', script: completionOf(program(), 'zsh') })
})

test('naru opensearch down --json says null where no node ran', async () => {
  const { code, stdout, stderr } = await naru(['opensearch', 'down', '--out', out, '--json', '--quiet'])
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
  assert.deepEqual(JSON.parse(stdout), { stopped: null })
})

test('naru monitor --json tells its address in one line as soon as it answers there', async (t) => {
  const args = ['monitor', '--port', '0', '--out', out, '--json', '--quiet']
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url } = JSON.parse(line) as { readonly url: string }
  assert.equal((await fetch(`${url}health`)).status, 200)
})
