import { commandsBelow, helpTextOf, pathOf } from '../../cli/help.ts'
import { program } from '../../cli/main.ts'

/** As wide as a page of the site shows without scrolling. */
const columns = 96

/** The help of every command, as the command line itself prints it. */
export function cliPage(): string {
  const naru = program()
  const commands = commandsBelow(naru).map((command) => {
    // The version and exit codes of the whole command line are not the reader's question here; all else is.
    const help = helpTextOf(command, columns).trimEnd()
    return `## naru ${pathOf(command)}\n\n\`\`\`text\n${help}\n\`\`\`\n`
  })
  return [
    '# Command line\n',
    'What `naru --help` and `naru <command> --help` print. Results go to standard output, everything else to standard error.\n',
    `\`\`\`text\n${helpTextOf(naru, columns).trimEnd()}\n\`\`\`\n`,
    ...commands,
  ].join('\n')
}
