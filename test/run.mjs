/**
 * `npm test`: makes the checkout ready, then runs node's test runner over an explicit list of files, for on Node 20
 * `--test <folder>` through tsx finds no test and passes.
 *
 *   node test/run.mjs [--fast] [part of a path …]    --fast leaves out test/integration and test/pipeline
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { prepare } from '../cli/prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const slowFolders = ['test/integration/', 'test/pipeline/']
/** For a whole file; the slowest trains for some minutes. What hangs fails, and says where. */
const timeoutMs = 20 * 60_000

function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return testFiles(path)
      return entry.name.endsWith('.test.ts') ? [path] : []
    })
    .sort()
}

const args = process.argv.slice(2)
const fast = args.includes('--fast')
const parts = args.filter((arg) => arg !== '--fast')
const unknown = parts.filter((part) => part.startsWith('-'))
if (unknown.length > 0) {
  console.error(`test/run.mjs does not know ${unknown.join(' ')}; it takes --fast and parts of paths`)
  process.exit(2)
}

const files = testFiles('test')
  .filter((file) => !fast || !slowFolders.some((folder) => file.startsWith(folder)))
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
if (files.length === 0) {
  console.error(`no test file ${parts.length > 0 ? `matches ${parts.join(' ')}` : 'was found below test/'}`)
  process.exit(1)
}

prepare(root)
const reporter = pathToFileURL(join(root, 'test/reporter.mjs')).href
const options = [
  `--test-timeout=${timeoutMs}`,
  `--test-reporter=${reporter}`,
  // As many files at once as there are cores: many of them wait for servers. Node's own choice is one less.
  `--test-concurrency=${availableParallelism()}`,
]
const node = ['--import', 'tsx', '--test', ...options, ...files]
const runner = spawn(process.execPath, node, { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal))
runner.on('close', (code) => {
  process.exitCode = code ?? 1
})
