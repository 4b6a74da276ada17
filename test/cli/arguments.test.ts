import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { naru } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a mistyped command is answered with the one that was meant, exit 2', async () => {
  const { code, stderr } = await naru(['serach', '서울'])
  assert.equal(code, 2)
  assert.match(stderr, /Did you mean search\?/)
})

test('a mistyped option is answered with the one that was meant, exit 2', async () => {
  const { code, stderr } = await naru(['run', '--limt', '3'])
  assert.equal(code, 2)
  assert.match(stderr, /Did you mean --limit\?/)
})

test('a number that is none is refused with the option’s name, exit 2', async () => {
  const { code, stderr } = await naru(['run', '--workers', 'two'])
  assert.equal(code, 2)
  assert.match(stderr, /--workers .*whole number from 1/)
})

test('one dump without the other is refused with a hint, exit 2, and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await naru(['run', '--ko', folder, '--out', join(folder, 'lone')])
  assert.equal(code, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /INPUT_MISSING: --en is missing/)
  assert.match(stderr, /^ {2}hint {2}Give both/m)
  assert.match(stderr, /^ {2}docs {2}docs\/reference\/errors\.md#input_missing$/m)
  assert.match(readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8'), /^## INPUT_MISSING$/m)
})

test('a settings file with an unknown section is refused with the file, exit 2', async () => {
  const file = join(folder, 'wrong.yaml')
  writeFileSync(file, 'trianing:\n  epochs: 3\n')
  const { code, stderr } = await naru(['run', '--config', file, '--out', join(folder, 'wrong')])
  assert.equal(code, 2)
  assert.match(stderr, /CONFIG_SECTION: unknown section trianing/)
  assert.ok(stderr.includes(file))
})

test('a folder without a run has no status and no dead letters: how to begin one is said, exit 2, and it stays as it was', async () => {
  for (const command of [['status'], ['dead', 'list']]) {
    const { code, stderr } = await naru([...command, '--out', join(folder, 'nowhere')])
    assert.equal(code, 2, command.join(' '))
    assert.match(stderr, /RUN_MISSING/)
    assert.match(stderr, /naru run/)
  }
  assert.ok(!existsSync(join(folder, 'nowhere', 'state', 'log')))
})

test('a folder without a dump is refused as what it is, exit 2, and is told once', async () => {
  const { code, stderr } = await naru(['extract', folder])
  assert.equal(code, 2)
  assert.equal(stderr.match(/holds no articles of a dump/g)?.length, 1, stderr)
})

test('search without a model says how to make one, exit 2', async () => {
  const { code, stderr } = await naru(['search', '서울', '--out', join(folder, 'nowhere')])
  assert.equal(code, 2)
  assert.match(stderr, /MODEL_MISSING/)
})

test('an unknown service is answered with those that are, exit 2', async () => {
  const { code, stderr } = await naru(['service', 'article-reader', '--transport', 'kafka', '--brokers', 'localhost:1'])
  assert.equal(code, 2)
  assert.match(stderr, /SERVICE_UNKNOWN/)
  assert.match(stderr, /article-extractor/)
})

test('a service on the embedded log is refused, for that has one process', async () => {
  const { code, stderr } = await naru(['service', 'trainer'])
  assert.equal(code, 2)
  assert.match(stderr, /--transport kafka/)
})
