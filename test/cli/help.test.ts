import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandsBelow, helpTextOf, pathOf } from '../../cli/help.ts'
import { program } from '../../cli/main.ts'
import { naru } from './command-line.ts'

test('--help is one screen of 40 lines and 100 columns, with every command below the heading of its group', async () => {
  const { code, stdout, stderr } = await naru(['--help'])
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
  const lines = stdout.trimEnd().split('\n')
  assert.ok(lines.length <= 40, `${lines.length} lines`)
  assert.deepEqual(
    lines.filter((line) => line.length > 100),
    [],
  )
  for (const command of program().commands) assert.match(stdout, new RegExp(`^ {2}${command.name()} +\\w`, 'm'))
})

for (const command of commandsBelow(program())) {
  const path = pathOf(command)
  test(`naru ${path} --help has examples that call it, exit codes, --quiet and --json`, () => {
    const help = helpTextOf(command, 100)
    assert.match(help, /Exit codes: 0 done/)
    const [, examples = ''] = help.split('\nExamples:\n')
    assert.ok(
      examples.split('\n').some((line) => line.includes(`naru ${path}`)),
      `examples of naru ${path}`,
    )
    const options = command.options.map(({ long }) => long)
    for (const option of ['--quiet', '--json']) assert.ok(options.includes(option), `${option} of naru ${path}`)
  })
}

test('--quiet leaves errors and no remark', async () => {
  const words = ['run', '--resume', '--config', 'no-such.yaml', '--out', join(tmpdir(), 'naru-no-such-run')]
  const { stderr: remarked } = await naru(words)
  const { stderr: quiet } = await naru([...words, '--quiet'])
  assert.match(remarked, /there is no run to resume/)
  assert.match(quiet, /^CONFIG_UNREADABLE/)
})
