/**
 * Which Korean tokenizer the project should use: garu-ko, lindera-wasm (ko-dic) and our own words with particles, on the
 * sentences and names of ../shared/data/ko-en. Each in a process of its own: load time, memory, rate, and how often the
 * particle after a name is found and the name kept whole. A table on stderr, one JSON line last.
 *
 *   node --import tsx bench/korean-tokenizers.ts --packages FOLDER   (a folder with `npm install garu-ko lindera-wasm`)
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { agrees, inflectionsOf } from '../language/korean.ts'
import { packageRoot } from '../runtime/package-root.ts'

const data = join(packageRoot, '..', 'shared', 'data', 'ko-en')
/** Sentences around a name N and its particle; the forms follow a consonant and a vowel. */
const frames: readonly (readonly [string, string, string])[] = [
  ['은', '는', ' 널리 알려져 있다.'],
  ['을', '를', ' 처음으로 소개하였다.'],
  ['과', '와', ' 함께 연구하였다.'],
  ['에서', '에서', ' 열린 행사이다.'],
  ['의', '의', ' 역사를 다룬 책이다.'],
]

type Tokenize = (text: string) => string[]

const loaders: Readonly<Record<string, (packages: string) => Promise<Tokenize>>> = {
  async 'garu-ko'(packages) {
    const { Garu } = await import(pathToFileURL(join(packages, 'node_modules/garu-ko/dist/index.js')).href)
    const garu = await Garu.load()
    return (text) => garu.analyze(text).tokens.map((token: { text: string }) => token.text)
  },
  async 'lindera-wasm'(packages) {
    const folder = join(packages, 'node_modules/lindera-wasm')
    const lindera = await import(pathToFileURL(join(folder, 'lindera_wasm.js')).href)
    lindera.initSync({ module: readFileSync(join(folder, 'lindera_wasm_bg.wasm')) })
    const builder = new lindera.TokenizerBuilder()
    builder.setDictionary('embedded://ko-dic')
    builder.setMode('normal')
    const tokenizer = builder.build()
    return (text) =>
      tokenizer.tokenize(text).map((token: { surface?: string; text?: string }) => token.surface ?? token.text ?? '')
  },
  async 'words and particles'() {
    return (text) =>
      text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => {
        const [longest] = inflectionsOf(word)
        return longest === undefined ? [word] : [longest.stem, longest.particle]
      })
  },
}

const { values: flags } = parseArgs({
  options: { packages: { type: 'string', default: packageRoot }, only: { type: 'string' } },
})
if (!existsSync(data)) {
  console.error('no sentences: ../shared/data/ko-en is not here')
  process.exit(2)
}
if (flags.only === undefined) compare()
else console.log(JSON.stringify(await measure(flags.only)))

function compare(): void {
  const results = Object.keys(loaders).flatMap((name) => {
    const args = ['--import', 'tsx', import.meta.filename, '--packages', flags.packages, '--only', name]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: packageRoot })
    if (status === 0) return [{ name, ...(JSON.parse(stdout) as Awaited<ReturnType<typeof measure>>) }]
    console.error(`left out: ${name}: ${stderr.trim().split('\n').at(-1)}`)
    return []
  })
  const columns = [
    '',
    'load s',
    'MB',
    'characters a CPU second',
    'particle found',
    'name whole before it',
    'bare name whole',
  ].map((title, i) => ({
    title,
    ...(i > 0 && { align: 'right' as const }),
  }))
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const cells = results.map((row) => [
    row.name,
    row.loadSeconds.toFixed(2),
    row.megabytes.toFixed(0),
    Math.round(row.charactersPerCpuSecond).toLocaleString('en'),
    percent(row.particleFound),
    percent(row.nameWhole),
    percent(row.bareNameWhole),
  ])
  console.error(renderTable(columns, cells).join('\n'))
  console.log(JSON.stringify({ results }))
}

async function measure(name: string) {
  const before = process.memoryUsage.rss()
  const started = process.cpuUsage()
  const tokenize = await loaders[name]!(flags.packages)
  const loadSeconds = secondsSince(started)
  const sentences = readFileSync(join(data, 'tatoeba.kor-eng.kor'), 'utf8').trim().split('\n')
  const reading = process.cpuUsage()
  let characters = 0
  for (const sentence of sentences) {
    tokenize(sentence)
    characters += sentence.length
  }
  const charactersPerCpuSecond = characters / secondsSince(reading)
  const cases = namesOfKorean().flatMap((korean, i) => framed(korean, frames[i % frames.length]!))
  const found = cases.map(({ name: korean, sentence }) => boundariesOf(tokenize(sentence), sentence, korean))
  const bare = namesOfKorean().map((korean) =>
    boundariesOf(tokenize(`${korean} 관련 자료`), `${korean} 관련 자료`, korean),
  )
  const share = (test: (found: { end: boolean; whole: boolean }) => boolean) => found.filter(test).length / found.length
  return {
    loadSeconds,
    megabytes: (process.memoryUsage.rss() - before) / 1e6,
    charactersPerCpuSecond,
    particleFound: share(({ end }) => end),
    nameWhole: share(({ end, whole }) => end && whole),
    bareNameWhole: bare.filter(({ whole }) => whole).length / bare.length,
  }
}

/** Every hundredth name of Wikidata that is one word of Hangul. */
function namesOfKorean(): string[] {
  const lines = readFileSync(join(data, 'wikidata-names.en-ko.tsv'), 'utf8').trim().split('\n')
  const names = lines
    .map((line) => line.split('\t')[1] ?? '')
    .filter((korean) => /^\p{Script=Hangul}{2,}$/u.test(korean))
  return names.filter((_, i) => i % 40 === 0)
}

function framed(name: string, [afterConsonant, afterVowel, rest]: readonly [string, string, string]) {
  const particle = agrees(name, afterConsonant) ? afterConsonant : afterVowel
  return [{ name, sentence: `${name}${particle}${rest}` }]
}

/** Whether a token ends where the name does, and whether one token is the name. */
function boundariesOf(tokens: readonly string[], sentence: string, name: string): { end: boolean; whole: boolean } {
  let at = 0
  let end = false
  for (const token of tokens) {
    const found = sentence.indexOf(token, at)
    if (found < 0) continue
    at = found + token.length
    if (at === name.length) end = true
  }
  return { end, whole: tokens[0] === name }
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
