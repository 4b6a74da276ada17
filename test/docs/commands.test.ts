/** Every command line in the documentation is one that naru takes: its command is there, and each of its options. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from 'commander'
import { program } from '../../cli/main.ts'
import { type Block, blocksOf, pages } from './blocks.ts'

interface Line {
  /** File and line. */
  readonly place: string
  readonly words: readonly string[]
}

/** Lines of the blocks of shell and of text that call naru, less comments and what is piped on. */
function commandLines(page: string): Line[] {
  return blocksOf(page)
    .filter(({ language }) => /^(?:sh|bash|text|console)?$/.test(language))
    .flatMap(linesOf)
}

function linesOf({ page, line, text }: Block): Line[] {
  const lines: Line[] = []
  let joined = ''
  for (const [at, part] of text.split('\n').entries()) {
    joined += part.replace(/\\$/, ' ')
    if (part.endsWith('\\')) continue
    const [, command] = /^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?naru (.*)$/.exec(joined) ?? []
    joined = ''
    if (command === undefined) continue
    const bare = command.replace(/\s#.*$/, '').replace(/\s{3,}.*$/, '')
    const words = bare.match(/"[^"]*"|'[^']*'|[^\s|>&;]+|[|>&;]/g) ?? []
    const end = words.findIndex((word) => /^[|>&;]$/.test(word))
    lines.push({ place: `${page}:${line + 1 + at}`, words: end < 0 ? words : words.slice(0, end) })
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
