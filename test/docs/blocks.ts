/**
 * The fenced blocks of the pages. A block of shell runs in CI, on the run that the tutorial leaves behind, unless the line that opens it
 * says why not: ```sh not run: needs the network
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'

export interface Block {
  /** File and line of the fence. */
  readonly place: string
  readonly page: string
  /** Line of the fence, from 1 on. */
  readonly line: number
  /** Empty where the fence names none. */
  readonly language: string
  readonly text: string
  /** Why it is not run; undefined where nothing is said. */
  readonly notRun: string | undefined
}

/** README.md is the first page that many see, so its reasons stand here: by the first line of a block. */
const notRunInReadme: Readonly<Record<string, string>> = {
  'npm start': 'CI runs both',
  'npx naru search': 'needs the run of npm start in the checkout; test/pipeline/sample-model.test.ts searches it',
  'npx naru run': 'needs dumps',
  'npx naru download --wiki': 'needs the network',
  'npx naru download --ko': 'needs dumps',
  'deploy/servers/kafka.sh': 'needs servers; test/integration/pipeline-kafka.test.ts has them',
  'npx naru opensearch': 'needs a server; test/integration/opensearch.test.ts has it',
  'npx naru engines': 'needs the network and a GPU',
}

/** README.md and the pages of docs/ that are written by hand. */
export function pages(): string[] {
  const docs = readdirSync(join(packageRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/node_modules|^reference|^decisions/.test(name))
    .map((name) => join('docs', name))
  return ['README.md', ...docs.sort()]
}

/** Pages of the repository: those that git has or would take. */
export function markdownFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  return listed
    .trim()
    .split('\n')
    .filter((page) => existsSync(join(packageRoot, page)))
}

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let open: { line: number; indent: string; info: string; lines: string[] } | undefined
  for (const [at, text] of readFileSync(join(packageRoot, page), 'utf8').split('\n').entries()) {
    const [, indent, info] = /^(\s*)```(.*)$/.exec(text) ?? []
    if (info === undefined || indent === undefined) open?.lines.push(text.slice(open.indent.length))
    else if (open === undefined) open = { line: at + 1, indent, info: info.trim(), lines: [] }
    else {
      blocks.push(blockOf(page, open.line, open.info, open.lines))
      open = undefined
    }
  }
  return blocks
}

function blockOf(page: string, line: number, info: string, lines: readonly string[]): Block {
  const [, language = '', said] = /^(\S*)(?: +not run: +(.+))?$/.exec(info) ?? []
  const [first = ''] = lines
  const listed = Object.entries(notRunInReadme).find(([beginning]) => first.startsWith(beginning))?.[1]
  const notRun = said ?? (page === 'README.md' ? listed : undefined)
  return { place: `${page}:${line}`, page, line, language, text: lines.map((one) => `${one}\n`).join(''), notRun }
}
