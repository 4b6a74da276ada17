import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../../runtime/package-root.ts'

interface Prepare {
  nodeComplaint(version: string): string | undefined
  buildNeeded(stamp: string, built: string | undefined): 'nothing' | 'changed' | 'fresh'
  installMatches(lock: object, installed: object): boolean
  installNeeded(root: string): boolean
  sourceStamp(root: string): string
}

const prepare: Prepare = await import(pathToFileURL(join(packageRoot, 'cli', 'prepare.mjs')).href)

const folder = mkdtempSync(join(tmpdir(), 'naru-prepare-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

test('Node from 20.19 on is good, an older one is refused with what to do', () => {
  for (const version of ['v20.19.0', 'v20.20.2', 'v22.0.0', 'v26.1.0'])
    assert.equal(prepare.nodeComplaint(version), undefined)
  for (const version of ['v20.18.3', 'v18.20.0'])
    assert.match(prepare.nodeComplaint(version) ?? '', /needs Node 20\.19.*\n.*hint/)
})

test('a build is fresh without a stamp or where a source is gone, incremental where one changed', () => {
  const built = 'a.ts\t1\t1\nb.ts\t1\t1\n'
  assert.equal(prepare.buildNeeded(built, undefined), 'fresh')
  assert.equal(prepare.buildNeeded(built, built), 'nothing')
  assert.equal(prepare.buildNeeded('a.ts\t2\t9\nb.ts\t1\t1\n', built), 'changed')
  assert.equal(prepare.buildNeeded('a.ts\t1\t1\nb.ts\t1\t1\nc.ts\t1\t1\n', built), 'changed')
  assert.equal(prepare.buildNeeded('a.ts\t1\t1\n', built), 'fresh')
})

test('an installation matches where every package has the version of the lock file, optional ones aside', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  }
  assert.equal(prepare.installMatches(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } }), true)
  assert.equal(prepare.installMatches(lock, { packages: { 'node_modules/a': { version: '0.9.0' } } }), false)
  assert.equal(prepare.installMatches(lock, { packages: {} }), false)
})

test('a lock file that is newer but says the same needs no installation, as after git checkout', () => {
  const root = join(folder, 'install')
  assert.equal(prepare.installNeeded(root), true)
  const installed = join(root, 'node_modules', '.package-lock.json')
  write(installed, '{"packages":{"node_modules/a":{"version":"1.0.0"}}}')
  write(join(root, 'package-lock.json'), '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}')
  utimesSync(installed, 1, 1)
  assert.equal(prepare.installNeeded(root), false)
  write(join(root, 'package-lock.json'), '{"packages":{"":{},"node_modules/a":{"version":"1.0.1"}}}')
  assert.equal(prepare.installNeeded(root), true)
})

test('the command builds a checkout that was never built, is silent and quick the next time, and fails on a type error', () => {
  const root = join(folder, 'checkout')
  write(join(root, 'package.json'), '{"type":"module"}')
  write(join(root, 'package-lock.json'), '{"packages":{}}')
  write(
    join(root, 'tsconfig.json'),
    '{"compilerOptions":{"rootDir":".","outDir":"dist","module":"nodenext","target":"es2023","types":[]},"include":["cli/**/*.ts"]}',
  )
  const source = join(root, 'cli', 'main.ts')
  write(
    source,
    'declare const console: { log(text: string): void }\nexport const mainProcess = async (args: string[]) => console.log(args.join(" "))\n',
  )
  for (const name of ['bootstrap.mjs', 'prepare.mjs']) cpSync(join(packageRoot, 'cli', name), join(root, 'cli', name))
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  const naru = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'cli', 'bootstrap.mjs'), ...args], { encoding: 'utf8' })

  const first = naru('hello', 'you')
  assert.equal(first.stdout, 'hello you\n')
  assert.match(first.stderr, /compiling/)
  // What the program says of itself is kept with the build.
  write(join(root, 'dist', 'help.txt'), 'kept\n')
  assert.deepEqual(
    [naru('--help').stdout, naru('-h').stdout, naru('--help', 'run').stdout],
    ['kept\n', 'kept\n', '--help run\n'],
  )
  const second = naru('again')
  assert.deepEqual([second.stdout, second.stderr, second.status], ['again\n', '', 0])

  write(source, 'export const mainProcess: number = "text"\n')
  const broken = naru()
  assert.equal(broken.status, 1)
  assert.match(broken.stderr, /TS2322[\s\S]*do not compile/)
})
