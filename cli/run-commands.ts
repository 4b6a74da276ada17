/** The commands about a whole run: carry it out, see how far it is, write its report again. */
import { type Command, Option } from 'commander'
import type { ReportFlags } from './commands/report.ts'
import type { RunFlags } from './commands/run.ts'
import type { StatusFlags } from './commands/status.ts'
import { examples } from './help.ts'
import { monitorPort, port } from './monitor-commands.ts'
import { folders, withInputs, withTransport } from './options.ts'

export function withRunCommands(naru: Command): void {
  naru.commandsGroup('The whole way:')
  withTransport(withInputs(naru.command('run')))
    .description('run every phase, then show and report what came out')
    .option('--resume', 'go on with the run in the folder, after ctrl-C or a crash')
    .addOption(
      new Option('--monitor [port]', 'show the run as a web page meanwhile').argParser(port).preset(monitorPort),
    )
    .option('--token-env <name>', 'variable that holds a token: the monitor asks for it, and lets whoever has it act')
    .addHelpText(
      'after',
      examples(
        'naru run                                    the bundled sample',
        'naru run --ko kowiki/ --en enwiki/ --out /data/run',
        'naru run --out /data/run --resume           goes on where it was stopped',
      ),
    )
    .action(async (flags: RunFlags) => (await import('./commands/run.ts')).run(flags))
  withTransport(folders(naru.command('status')))
    .description('show how far the run is')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru status', 'naru status --out /data/run --json'))
    .action(async (flags: StatusFlags) => (await import('./commands/status.ts')).status(flags))
  withTransport(folders(naru.command('report')))
    .description('write report.html again')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru report', 'naru report --out /data/run'))
    .action(async (flags: ReportFlags) => (await import('./commands/report.ts')).report(flags))
}
