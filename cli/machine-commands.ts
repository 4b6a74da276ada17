/** This machine: what it can do, and what the installation leaves out. */
import { Argument, type Command, Option } from 'commander'
import type { DoctorFlags } from './commands/doctor.ts'
import type { AddableEngine, EnginesFlags } from './commands/engines.ts'
import { examples } from './help.ts'

export function withMachineCommands(naru: Command): void {
  naru.commandsGroup('This machine:')
  naru
    .command('doctor')
    .description('show what this machine can train with')
    .option('--measure', 'train a little on each, a minute in all')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru doctor', 'naru doctor --measure --json'))
    .action(async (flags: DoctorFlags) => (await import('./commands/doctor.ts')).doctor(flags))
  naru
    .command('engines')
    .description('add what the installation leaves out')
    .addArgument(new Argument('<action>').choices(['add']))
    .addArgument(
      new Argument(
        '<engine>',
        'cuda: the CUDA files of onnxruntime; tfjs-gpu: TensorFlow.js, built here against the TensorFlow of pip, for a CPU or CUDA 12',
      ).choices(['cuda', 'tfjs-gpu']),
    )
    .addOption(
      new Option('--device <device>', 'of tfjs-gpu (default: cuda where nvidia-smi finds a card)').choices([
        'cpu',
        'cuda',
      ]),
    )
    .option('--python <command>', 'the Python whose pip fetches TensorFlow', 'python3')
    .addHelpText('after', examples('naru engines add cuda', 'naru engines add tfjs-gpu'))
    .action(async (_action: string, engine: AddableEngine, flags: EnginesFlags) =>
      (await import('./commands/engines.ts')).addEngine(engine, flags),
    )
}
