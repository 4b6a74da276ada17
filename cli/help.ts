/**
 * How help reads: one screen for `naru --help`, and the same parts in the same order for every subcommand: usage, options,
 * examples, exit codes. `finishHelp` gives every command what all of them have, so that none can be without.
 */
import type { Command, Help } from 'commander'

const exitCodes = 'Exit codes: 0 done, 1 failed, 2 wrong arguments or settings, 130 stopped by ctrl-C.'

const footer = `
naru <command> --help has its options and examples; naru completion <shell> completes them.
Settings: flags > NARU_<SERVICE>__<KEY> > YAML (--config) > defaults; naru config show has origins.
${exitCodes}`

/** Text for `addHelpText('after', …)`. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/**
 * The commands that do something, such as `run` and `synonyms explain`, in the order of the help. A parent is one where it takes
 * something: commander has no public word for having an action.
 */
export function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [...(isCarriedOut(child) ? [child] : []), ...commandsBelow(child)])
}

function isCarriedOut({ commands, options, registeredArguments }: Command): boolean {
  return commands.length === 0 || options.length > 0 || registeredArguments.length > 0
}

/** `synonyms explain`: as one types it after `naru`. */
export function pathOf(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name()
}

/** What `naru <command> --help` prints, with what `addHelpText` adds. */
export function helpTextOf(command: Command, columns: number): string {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => written.push(text), getOutHelpWidth: () => columns }).outputHelp()
  return written.join('')
}

/** Gives every command `--quiet` and its exit codes, and the program its screen. Call it when all commands are there. */
export function finishHelp(naru: Command): void {
  naru.configureHelp({ formatHelp }).addHelpText('after', footer)
  for (const command of commandsBelow(naru)) {
    if (!command.options.some(({ long }) => long === '--quiet')) {
      command.option('--quiet', 'print results and errors only, no progress and no remarks')
    }
    command.addHelpText('after', `\n${exitCodes}`)
  }
}

/** One line a command below the heading of its group; without blank lines between groups, which would not fit a screen. */
function formatHelp(naru: Command, help: Help): string {
  const commands = naru.commands.filter((command) => command.name() !== 'help')
  const width = Math.max(...commands.map((command) => command.name().length))
  const headings = [...new Set(commands.map((command) => command.helpGroup() ?? ''))]
  const lines = headings.flatMap((heading) => [
    help.styleTitle(heading),
    ...commands
      .filter((command) => command.helpGroup() === heading)
      .map((command) => `  ${command.name().padEnd(width)}  ${command.description()}`),
  ])
  return [`Usage: ${naru.name()} <command> [options]`, naru.description(), '', ...lines, ''].join('\n')
}
