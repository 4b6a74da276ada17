/** The command `naru`. Each subcommand's module is loaded when it is called, so that --help is there at once. */
import { Command } from 'commander'
import { packageVersion } from '../runtime/package-root.ts'
import { withChaosCommand } from './chaos-command.ts'
import { exitCodeOf } from './exit.ts'
import { finishHelp } from './help.ts'
import { withMachineCommands } from './machine-commands.ts'
import { withModelCommands } from './model-commands.ts'
import { withMonitorCommands } from './monitor-commands.ts'
import { withOpenSearchCommands } from './opensearch-commands.ts'
import { withPhaseCommands } from './phase-commands.ts'
import { quieten } from './print.ts'
import { withRedriveCommands } from './redrive-commands.ts'
import { withRunCommands } from './run-commands.ts'
import { withServiceCommands } from './service-commands.ts'
import { withTopicsCommands } from './topics-commands.ts'
import { withUpdateCommands } from './update-commands.ts'

const graceMs = 5_000

/** `main` of a process that has nothing else to do. */
export async function mainProcess(args: readonly string[]): Promise<void> {
  await main(args)
  // Whoever starts again what has failed waits for its end. A connection that kafkajs was opening when it was told to disconnect stays
  // open, with a timer of its own, and would keep the process for ever.
  if (process.exitCode) setTimeout(() => process.exit(), graceMs).unref()
}

/** Runs a command line and sets the process's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.once('exit', failUnfinished)
  try {
    await program().parseAsync([...args], { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error, (text) => process.stderr.write(`${text}\n`))
  }
  process.off('exit', failUnfinished)
}

/** Node ends with exit code 0 where a promise is awaited that nothing will settle: work undone must not look like work done. */
function failUnfinished(): void {
  if (process.exitCode !== undefined) return
  process.exitCode = 1
  process.stderr.write('UNFINISHED: naru stopped before its work was done\n')
  process.stderr.write(
    '  hint  This is a fault in naru: please report it. naru run --resume goes on from what is done.\n',
  )
}

/** The whole command line as commander has it: what --help, completion and docs/reference/cli.md are made from. */
export function program(): Command {
  const naru = new Command('naru')
    .description('Wikipedia dumps of two languages in; synonym pairs and a bilingual neural sparse encoder out.')
    .version(packageVersion(), '-V, --version')
    // Options belong to the command that they follow: --out is one of naru synonyms and of naru synonyms explain.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(naru --help lists the commands, naru <command> --help its options)')
    .hook('preAction', (_naru, command) => {
      if (command.opts().quiet === true) quieten()
    })
  // Their order is that of the help; a group's heading stands in the first file of the group.
  withRunCommands(naru)
  withUpdateCommands(naru)
  withPhaseCommands(naru)
  withModelCommands(naru)
  withOpenSearchCommands(naru)
  withServiceCommands(naru)
  withMonitorCommands(naru)
  withRedriveCommands(naru)
  withChaosCommand(naru)
  withTopicsCommands(naru)
  withMachineCommands(naru)
  finishHelp(naru)
  return naru
}
