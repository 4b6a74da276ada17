/**
 * The tutorial as a reader follows it: each block of shell in its order, in an empty folder; then the blocks of the other pages and the
 * examples on what came out.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { blocksOf, pages } from '../docs/blocks.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-tutorial-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** npx and naru as the checkout has them, wherever they are called; and the names that pages give to the run and to the sample. */
before(() => {
  mkdirSync(join(folder, 'bin'))
  const naru = `exec "${process.execPath}" "${packageRoot}/cli/bootstrap.mjs" "$@"`
  for (const [name, script] of [['npx', `shift\n${naru}`] as const, ['naru', naru] as const]) {
    const file = join(folder, 'bin', name)
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }
  symlinkSync('tour', join(folder, 'RUN'))
  symlinkSync(join(packageRoot, 'dataset'), join(folder, 'dataset'))
})

function shell(commands: string, environment: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-euc', commands], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` },
  })
  assert.equal(status, 0, `${commands}${stderr}`)
  return stdout
}

function runnableBlocks(page: string): string[] {
  return blocksOf(page)
    .filter(({ language, notRun }) => language === 'sh' && notRun === undefined)
    .map(({ text }) => text)
}

function example(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('examples', name), ...args], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return stdout
}

test('the tutorial goes from nothing to a search result, each of its blocks as it stands there', () => {
  const blocks = runnableBlocks('docs/tutorial.md')
  const outputs = blocks.map((block) => shell(block))
  const printed = (part: string) => outputs[blocks.findIndex((block) => block.includes(part))] ?? ''
  assert.match(printed('naru --help'), /synonyms +find, merge and split/)
  assert.match(printed('naru extract'), /^\{"wiki":"kowiki"/m)
  assert.match(printed('synonyms explain'), /Saturn/)
  assert.match(printed('naru status'), /article-extractor/)
  assert.match(printed('naru search'), /Mount Everest/)
  assert.ok(readdirSync(join(folder, 'tour')).includes('report.html'))
})

for (const page of pages().filter((one) => one !== 'docs/tutorial.md' && runnableBlocks(one).length > 0)) {
  test(`the blocks of ${page} that are not marked run on what the tutorial leaves behind`, () => {
    // As the tutorial's run has it: a phase refuses to go on with other settings.
    for (const block of runnableBlocks(page)) shell(block, { NARU_TRAINER__TRAINING__EPOCHS: '1' })
  })
}

test('the examples of the dictionary and of the model work on what the tutorial leaves behind', () => {
  const tour = join(folder, 'tour')
  assert.match(example('02-expand-query.mjs', tour, '토성'), /^"토성" OR .*"Saturn"/)
  const [model = ''] = readdirSync(join(tour, 'models', 'exports'))
  const own = shell('npx naru encode "수소" --out tour --json')
  const heaviest: { term: string; weight: number }[] = JSON.parse(own).terms
  const [first = ''] = example('03-encode.mjs', join(tour, 'models', 'exports', model), '수소').split('\n')
  assert.equal(first, `${heaviest[0]!.weight.toFixed(3)} ${heaviest[0]!.term}`)
})

test('the example of the library reads the articles of the sample, and all examples are shorter than 40 lines', () => {
  assert.match(example('01-articles.mjs'), /^1465 articles, \d+ letters$/m)
  for (const name of readdirSync(join(packageRoot, 'examples')).filter((file) => file.endsWith('.mjs'))) {
    assert.ok(readFileSync(join(packageRoot, 'examples', name), 'utf8').split('\n').length < 40, name)
  }
})
