/** Every command line in the documentation is one that naru takes: its command is there, and each of its options. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Command } from 'commander'
import { program } from '../../cli/main.ts'
import { packageRoot } from '../../runtime/package-root.ts'

interface Line {
  /** File and line. */
  readonly place: string
  readonly words: readonly string[]
}

function pages(): string[] {
  const docs = readdirSync(join(packageRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/node_modules|^reference|^decisions/.test(name))
    .map((name) => join('docs', name))
  return ['README.md', ...docs.sort()]
}

/** Lines of the blocks of shell and of text that call naru, less comments and what is piped on. */
function commandLines(page: string): Line[] {
  const lines: Line[] = []
  let inBlock = false
  let joined = ''
  for (const [at, text] of readFileSync(join(packageRoot, page), 'utf8').split('\n').entries()) {
    if (/^\s*```/.test(text)) {
      inBlock = !inBlock && /^\s*```(?:sh|bash|text|console)?\s*$/.test(text)
      joined = ''
      continue
    }
    if (!inBlock) continue
    joined += text.replace(/\\$/, ' ')
    if (text.endsWith('\\')) continue
    const [, command] = /^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?naru (.*)$/.exec(joined) ?? []
    joined = ''
    if (command === undefined) continue
    const bare = command.replace(/\s#.*$/, '').replace(/\s{3,}.*$/, '')
    const words = bare.match(/"[^"]*"|'[^']*'|[^\s|>&;]+|[|>&;]/g) ?? []
    const end = words.findIndex((word) => /^[|>&;]$/.test(word))
    lines.push({ place: `${page}:${at + 1}`, words: end < 0 ? words : words.slice(0, end) })
  }
  return lines
}

function faultOf({ words }: Line): string | undefined {
  let command: Command = program()
  let at = 0
  for (let next = command; at < words.length; at++, command = next) {
    const found = command.commands.find((one) => one.name() === words[at])
    if (!found) break
    next = found
  }
  if (at === 0 && !words[0]?.startsWith('-')) return `there is no naru ${words[0]}`
  const known = new Set([
    '--help',
    '-h',
    '--version',
    '-V',
    ...command.options.flatMap(({ long, short }) => [long, short]),
  ])
  const unknown = words.slice(at).find((word) => /^--?[a-z]/.test(word) && !known.has(word.replace(/=.*$/, '')))
  return unknown === undefined ? undefined : `naru ${words.slice(0, at).join(' ')} has no ${unknown}`
}

test('every naru command in the pages is there, with each of its options', () => {
  const lines = pages().flatMap(commandLines)
  assert.ok(lines.length > 60, `only ${lines.length} were found`)
  const faults = lines.flatMap((line) => {
    const fault = faultOf(line)
    return fault === undefined ? [] : [`${line.place} ${fault}`]
  })
  assert.deepEqual(faults, [])
})
