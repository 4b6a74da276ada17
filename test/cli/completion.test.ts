import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { completionOf, type Shell } from '../../cli/completion.ts'
import { program } from '../../cli/main.ts'
import { skipWithout } from '../integration/servers.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-completion-'))
after(() => rmSync(folder, { recursive: true }))

/** Lines as far as they are typed, and the word that the one Tab makes of their last. */
const expected = [
  ['naru syn', 'synonyms'],
  ['naru synonyms expl', 'explain'],
  ['naru synonyms --see', '--seed'],
  ['naru synonyms review --su', '--summary'],
  ['naru extract --parser w', 'wtf'],
  ['naru run --out somewhere --transport k', 'kafka'],
  ['naru completion f', 'fish'],
] as const
const lines = expected.map(([line]) => line)

/** Arguments of a real shell that completes `lines`, the script of naru loaded; the last word of each on standard output. */
const asked: Readonly<Record<Shell, (script: string) => readonly string[]>> = {
  bash: (script) => [
    '--norc',
    '-c',
    `source ${script}; for line in "$@"; do
       COMP_WORDS=($line); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _naru; echo "\${COMPREPLY[*]}"
     done`,
    'bash',
    ...lines,
  ],
  zsh: (script) => ['-f', join(import.meta.dirname, 'shells', 'complete.zsh'), script, ...lines],
  fish: (script) => [
    '--no-config',
    '-c',
    `source ${script}; ${lines.map((line) => `complete -C '${line}' | cut -f 1 | string join ' '`).join('; ')}`,
  ],
}

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const skip = skipWithout(shell)
  test(`a real ${shell} completes commands, options and choices by what naru completion ${shell} prints`, {
    skip,
  }, () => {
    const script = join(folder, `naru.${shell}`)
    writeFileSync(script, completionOf(program(), shell))
    const { stdout, stderr, error } = spawnSync(shell, asked[shell](script), { encoding: 'utf8', timeout: 30_000 })
    assert.equal(error, undefined)
    const words = stdout.trimEnd().split('\n')
    assert.deepEqual(
      words.map((line) => line.trim().split(' ').at(-1)),
      expected.map(([, word]) => word),
      stderr,
    )
  })
}
