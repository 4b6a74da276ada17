/** Every fenced block of the pages is held to something: shell is run or says why not, the rest is parsed by what reads it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import ts from 'typescript'
import { gatherSettings } from '../../runtime/settings.ts'
import * as library from '../../wiki/index.ts'
import { type Block, blocksOf, pages } from './blocks.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-blocks-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const blocks = pages().flatMap(blocksOf)

function check(language: string, read: (block: Block) => void): void {
  const found = blocks.filter((block) => block.language === language)
  test(`the blocks of ${language} can be read by what they are for`, () => {
    assert.ok(found.length > 0)
    for (const block of found) assert.doesNotThrow(() => read(block), block.place)
  })
}

test('a block is of a language that is held to something', () => {
  // Text is drawings, formulas and output; naru commands in it are parsed by commands.test.ts.
  const known = new Set(['sh', 'text', 'json', 'yaml', 'js', 'python'])
  assert.deepEqual(
    blocks.filter(({ language }) => !known.has(language)).map(({ place, language }) => `${place} ${language}`),
    [],
  )
})

test('a block of shell that cannot be run says so; the others call nothing that CI lacks', () => {
  const needsMore =
    /…|https?:|s3:|--brokers|\b(?:docker|kubectl|helm|curl|npm)\b|\/data\/|\/dumps\/|opensearch (?:up|index)/
  const shell = blocks.filter(({ language }) => language === 'sh')
  const unmarked = shell.filter(({ notRun, text }) => notRun === undefined && needsMore.test(text))
  assert.deepEqual(
    unmarked.map(({ place }) => `${place}: open it with \`\`\`sh not run: REASON`),
    [],
  )
  const run = shell.filter(({ notRun }) => notRun === undefined)
  assert.ok(run.length >= 12, `${run.length} of ${shell.length} are run`)
})

check('json', ({ text }) => JSON.parse(text))

check('yaml', ({ text }) => {
  const file = join(folder, 'block.yaml')
  writeFileSync(file, text)
  assert.ok(Object.keys(gatherSettings({ files: [file], environment: {}, flags: {} })).length > 0)
})

check('js', ({ text }) => {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true })
  assert.deepEqual(
    diagnostics.map(({ messageText }) => messageText),
    [],
  )
  for (const [, names = ''] of text.matchAll(/^import \{ (.*) \} from 'naru\/wiki'$/gm)) {
    for (const name of names.split(', ')) assert.ok(name in library, `naru/wiki has no ${name}`)
  }
})

check('python', ({ text }) => {
  const { status, stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
    input: text,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
})
