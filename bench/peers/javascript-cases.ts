/**
 * Runs wtf_wikipedia's own tests with its library watched, and prints as JSON lines every input whose plain text they
 * state. The tests are copied to a temporary folder, as two of their imports are replaced.
 *
 *   node --import tsx bench/peers/javascript-cases.ts REPOSITORY
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import wtf from 'wtf_wikipedia'

const repository = resolve(argv[2] ?? '')
const tests = join(repository, 'tests')
const inputs = new WeakMap<object, string>()
/** The text that was asked for last: the next comparison with it states what it should be. */
let last: { readonly input: string; readonly text: string } | undefined
const lines: string[] = []

type Document = ReturnType<typeof wtf>
const prototype: { text(...args: unknown[]): string } = Object.getPrototypeOf(wtf(''))
const originalText = prototype.text
prototype.text = function (this: Document, ...args: unknown[]) {
  const text = originalText.apply(this, args)
  const input = inputs.get(this)
  if (input !== undefined && args.length === 0) last = { input, text }
  return text
}

/** What the copied tests import in place of the library, of its cached pages, and of tape. */
const watched = {
  wtf: Object.assign((source: string, options?: object) => {
    const document = wtf(source, options)
    inputs.set(document, source)
    return document
  }, wtf),
  cachedPage: (name: string) => watched.wtf(readFileSync(join(tests, 'cache', `${name}.txt`), 'utf8')),
  test(name: string, run: (assertions: unknown) => unknown) {
    const equal = (value: unknown, expected: unknown) => {
      if (last !== undefined && value === last.text && typeof expected === 'string') {
        lines.push(JSON.stringify({ input: last.input, expected, test: name }))
      }
      last = undefined
    }
    const nothing = () => undefined
    const assertions = new Proxy({}, { get: (_, method) => (method === 'equal' ? equal : nothing) })
    try {
      run(assertions)
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
}
Object.assign(globalThis, { watched })

const copy = mkdtempSync(join(tmpdir(), 'naru-wtf-tests-'))
try {
  mkdirSync(join(copy, 'integration'))
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(copy, 'node_modules'))
  symlinkSync(join(tests, 'cache'), join(copy, 'cache'))
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}')
  for (const name of ['wtf', 'cachedPage', 'test']) {
    writeFileSync(join(copy, `${name}.js`), `export default globalThis.watched.${name}\n`)
  }
  for (const name of readdirSync(join(tests, 'integration')).filter((file) => file.endsWith('.test.js'))) {
    const source = readFileSync(join(tests, 'integration', name), 'utf8')
      .replace("'tape'", "'../test.js'")
      .replace("'../lib/index.js'", "'../wtf.js'")
      .replace("'../lib/_cachedPage.js'", "'../cachedPage.js'")
    const file = join(copy, 'integration', name)
    writeFileSync(file, source)
    try {
      await import(pathToFileURL(file).href)
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
for (const line of lines) console.log(line)
