/** This machine: what it can do, and what the installation leaves out. */
import { Argument, type Command, Option } from 'commander'
import type { ConfigShowFlags } from './commands/config.ts'
import type { DoctorFlags } from './commands/doctor.ts'
import type { AddableEngine, EnginesFlags } from './commands/engines.ts'
import { completionOf, type Shell, shells } from './completion.ts'
import { examples } from './help.ts'
import { wholeNumber } from './option-values.ts'
import { folders, withInputs } from './options.ts'
import { print, printJson } from './print.ts'

export function withMachineCommands(naru: Command): void {
  naru.commandsGroup('This machine:')
  folders(naru.command('doctor'))
    .description('check node, memory, disk, engines, servers and ports, and say what to do')
    .option('--brokers <host:port,…>', 'Kafka brokers that must answer')
    .option('--redis <url>', 'Redis that must answer')
    .option('--url <url>', 'OpenSearch that must answer')
    .option('--measure [seconds]', 'train a little on each engine, so long in all (default: a minute)', wholeNumber(1))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'naru doctor',
        'naru doctor --brokers localhost:9092 --redis redis://localhost:6379',
        'naru doctor --measure --json',
      ),
    )
    .action(async (flags: DoctorFlags) => (await import('./commands/doctor.ts')).doctor(flags))
  const config = naru
    .command('config')
    .description('show every setting and where it comes from')
    .enablePositionalOptions()
  withInputs(config.command('show'))
    .description(
      'every setting as a run with these options has it, and its origin: flags, environment, YAML or default',
    )
    .argument('[prefix]', 'of the keys to show, such as trainer.training')
    .option('--changed', 'leave out what has its default')
    .addHelpText(
      'after',
      examples(
        'naru config show trainer.training',
        'NARU_TRAINER__TRAINING__EPOCHS=5 naru config show --changed --config my.yaml',
        'naru config show --ko kowiki/ --en enwiki/ --json',
      ),
    )
    .action(async (prefix: string | undefined, flags: ConfigShowFlags) => {
      await (await import('./commands/config.ts')).showConfig(prefix, flags)
    })
  naru
    .command('completion')
    .description('print what lets a shell complete commands and options')
    .addArgument(new Argument('<shell>').choices(shells))
    .option('--json', 'print {shell, script} as JSON')
    .addHelpText(
      'after',
      examples(
        'naru completion bash > ~/.local/share/bash-completion/completions/naru',
        'naru completion zsh > ~/.zfunc/_naru        with fpath+=~/.zfunc before compinit in .zshrc',
        'naru completion fish > ~/.config/fish/completions/naru.fish',
      ),
    )
    .action((shell: Shell, { json }: { readonly json?: boolean }) => {
      const script = completionOf(naru, shell)
      if (json) printJson({ shell, script })
      else print(script)
    })
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
    .option('--json', 'print {engine, usable, reason, folder} as JSON; of tfjs-gpu also version and device')
    .addHelpText('after', examples('naru engines add cuda', 'naru engines add tfjs-gpu'))
    .action(async (_action: string, engine: AddableEngine, flags: EnginesFlags) =>
      (await import('./commands/engines.ts')).addEngine(engine, flags),
    )
}
