import { commandsBelow, helpTextOf, pathOf } from '../../cli/help.ts'
import { program } from '../../cli/main.ts'

/** As wide as a page of the site shows without scrolling. */
const columns = 96

/** The help of every command, as the command line itself prints it. */
export function cliPage(): string {
  const naru = program()
  const commands = commandsBelow(naru).map((command) => {
    const help = helpTextOf(command, columns).trimEnd()
    return `## naru ${pathOf(command)}\n\n\`\`\`text\n${help}\n\`\`\`\n`
  })
  return [
    '# Command line\n',
    'What `naru --help` and `naru <command> --help` print. Results go to standard output, everything else to standard error.\n',
    'Ctrl-C stops in order: the unit at work is finished or given up, what is done stays, and `--resume` goes on from there (exit code 130;',
    '143 for SIGTERM). A second one stops at once, which loses nothing that was committed. Progress is shown on standard error for',
    'whatever takes longer than a second: bars on a terminal, lines elsewhere, nothing with `--quiet`. `NO_COLOR` switches colour off.\n',
    `\`\`\`text\n${helpTextOf(naru, columns).trimEnd()}\n\`\`\`\n`,
    ...commands,
  ].join('\n')
}
