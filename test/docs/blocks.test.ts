/** Every fenced block of the pages is held to something: shell is run or says why not, the rest is parsed by what reads it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import ts from 'typescript'
import { packageRoot } from '../../runtime/package-root.ts'
import { gatherSettings } from '../../runtime/settings.ts'
import { type Block, blocksOf, markdownFiles, pages } from './blocks.ts'

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

test('blocks of TypeScript and JavaScript hold against the types of the package, or say why they are not checked', () => {
  const code = markdownFiles()
    .flatMap(blocksOf)
    .filter(({ language }) => /^(?:js|mjs|javascript|ts|typescript)$/.test(language))
  const checked = code.filter(({ notRun }) => notRun === undefined)
  assert.ok(checked.length > 0 && code.length > checked.length)
  // What the check is worth: a name that the package has not, a field that was not asked for. One program, for it takes seconds.
  const broken = (text: string, by: string) => ({
    ...checked[0]!,
    place: text,
    text: checked[0]!.text.replace(text, by),
  })
  const name = broken('import { articles }', 'import { article }')
  const field = broken('{ title, text, categories } of', '{ title, text, links } of')
  const faults = faultsIn([...checked, name, field])
  const of = ({ place }: Block) => faults.filter((fault) => fault.startsWith(`${place}: `)).join()
  assert.match(of(name), /has no exported member/)
  assert.match(of(field), /'links' does not exist/)
  assert.deepEqual(
    checked.map(of).filter((fault) => fault !== ''),
    [],
  )
})

/** What the compiler says of blocks, each a module of its own at the root of the package. */
function faultsIn(blocks: readonly Block[]): string[] {
  const texts = new Map(blocks.map((block, at) => [join(packageRoot, `block-${at}.ts`), block]))
  const options: ts.CompilerOptions = {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, types: ['node'] },
    ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
    paths: { 'naru/wiki': [join(packageRoot, 'wiki', 'index.ts')] },
  }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.readFile = (file) => texts.get(file)?.text ?? readFile(file)
  const program = ts.createProgram([...texts.keys()], options, host)
  return [...texts].flatMap(([file, { place }]) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  })
}

check('python', ({ text }) => {
  const { status, stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
    input: text,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
})
