/** The command `naru`. Each subcommand's module is loaded when it is called, so that --help is there at once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { packageRoot } from '../runtime/package-root.ts'
import type { DoctorFlags } from './commands/doctor.ts'
import type { EncodeFlags } from './commands/encode.ts'
import type { AddableEngine, EnginesFlags } from './commands/engines.ts'
import type { ReportFlags } from './commands/report.ts'
import type { RunFlags } from './commands/run.ts'
import type { SearchFlags } from './commands/search.ts'
import type { ServiceFlags } from './commands/service.ts'
import type { StatusFlags } from './commands/status.ts'
import type { ConductFlags } from './conduct.ts'
import { asksByName, type DownloadFlags, withDownloads } from './download-flags.ts'
import { asksToJudge, type EvaluateFlags, firstModel, withEvaluation } from './evaluate-flags.ts'
import { exitCodeOf } from './exit.ts'
import { type ExportFlags, withExport } from './export-flags.ts'
import { asksForFiles, type ExtractFlags, withExtraction } from './extract-flags.ts'
import { monitorPort, port, withMonitorCommands } from './monitor-commands.ts'
import { withOpenSearchCommands } from './opensearch-commands.ts'
import { phaseNames, phases } from './phases.ts'
import { withSynonymCommands } from './synonyms-commands.ts'

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

function program(): Command {
  const naru = new Command('naru')
    .description('Wikipedia dumps of two languages in; synonym pairs and a bilingual neural sparse encoder out.')
    .version(packageVersion(), '-V, --version')
    // Options belong to the command that they follow: --out is one of naru synonyms and of naru synonyms explain.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(naru --help lists the commands, naru <command> --help its options)')
    .addHelpText('after', programHelp)

  naru.commandsGroup('The whole way:')
  withTransport(withInputs(naru.command('run')))
    .description('run every phase, show and report it')
    .option('--resume', 'go on with the run in the folder, after ctrl-C or a crash')
    .addOption(
      new Option('--monitor [port]', 'show the run as a web page meanwhile').argParser(port).preset(monitorPort),
    )
    .addHelpText('after', runHelp)
    .action(async (flags: RunFlags) => (await import('./commands/run.ts')).run(flags))
  withTransport(folders(naru.command('status')))
    .description('show how far the run is')
    .option('--json', 'print JSON')
    .action(async (flags: StatusFlags) => (await import('./commands/status.ts')).status(flags))
  withTransport(folders(naru.command('report')))
    .description('write report.html again')
    .option('--json', 'print JSON')
    .action(async (flags: ReportFlags) => (await import('./commands/report.ts')).report(flags))

  naru.commandsGroup('Phase by phase, each with what it still needs before it:')
  for (const name of phaseNames) {
    const command = withTransport(withInputs(naru.command(name)))
      .description(phases[name].description)
      .addHelpText('after', phaseHelp(name))
      .action(async (flags: ConductFlags & DownloadFlags) => {
        if (name === 'download' && asksByName(flags)) await (await import('./commands/download.ts')).download(flags)
        else await (await import('./commands/phase.ts')).phase(name, flags)
      })
    if (name === 'download') withDownloads(command)
    if (name === 'synonyms') withSynonymCommands(command, folders)
    if (name === 'evaluate') {
      withEvaluation(command).action(async (flags: Omit<ConductFlags, 'model'> & EvaluateFlags) => {
        if (asksToJudge(flags)) await (await import('./commands/evaluate.ts')).evaluate(flags)
        else await (await import('./commands/phase.ts')).phase(name, firstModel(flags))
      })
    }
    if (name === 'export') {
      withExport(command).action(async (checkpoint: string | undefined, flags: ExportFlags) => {
        await (await import('./commands/export.ts')).exportModels(checkpoint, flags)
      })
    }
    if (name === 'extract') {
      withExtraction(command).action(async (files: readonly string[], flags: ConductFlags & ExtractFlags) => {
        if (asksForFiles(files, flags)) await (await import('./commands/extract.ts')).extract(files, flags)
        else await (await import('./commands/phase.ts')).phase(name, flags)
      })
    }
  }

  naru.commandsGroup('With the model:')
  folders(naru.command('search'))
    .description('find articles in both languages')
    .argument('<query>', 'a title, a word, a question')
    .addOption(
      new Option('--lang <language>', 'language of the articles').choices(['ko', 'en', 'both']).default('both'),
    )
    .option('-k <hits>', 'how many', wholeNumber(1), 5)
    .option('--model <name|folder>', 'an exported model (default: the latest)')
    .option('--json', 'print JSON')
    .addHelpText('after', example('naru search "태양계" --lang en'))
    .action(async (query: string, flags: SearchFlags) => (await import('./commands/search.ts')).search(query, flags))
  folders(naru.command('encode'))
    .description('show the terms that a text activates')
    .argument('<text>', 'in either language')
    .addOption(
      new Option('--as <kind>', 'what the text is; a model of documents alone makes queries of a table')
        .choices(['document', 'query'])
        .default('document'),
    )
    .option('--why', 'show the training pairs that taught each term (of the run in --out)')
    .option('--model <name|folder>', 'an exported model (default: the latest)')
    .option('--json', 'print JSON')
    .addHelpText('after', example('naru encode "태양계의 행성"'))
    .action(async (text: string, flags: EncodeFlags) => (await import('./commands/encode.ts')).encode(text, flags))

  withOpenSearchCommands(naru.command('opensearch'), folders, withTransport)

  naru.commandsGroup('Machines:')
  withMonitorCommands(naru, folders, withTransport)
  withTransport(withInputs(naru.command('service')))
    .description('run one service over Kafka')
    .argument('<id>', 'such as article-extractor')
    .option('--until-sealed', 'end when its input is complete')
    .option('--metrics-port <port>', 'serve /metrics and /health', wholeNumber(0))
    .addHelpText('after', example('naru service trainer --transport kafka --brokers localhost:9092 --out /data'))
    .action(async (id: string, flags: ServiceFlags) => (await import('./commands/service.ts')).service(id, flags))
  naru
    .command('doctor')
    .description('show what this machine can train with')
    .option('--measure', 'train a little on each, a minute in all')
    .option('--json', 'print JSON')
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
    .addHelpText('after', example('naru engines add cuda', 'naru engines add tfjs-gpu'))
    .action(async (_action: string, engine: AddableEngine, flags: EnginesFlags) =>
      (await import('./commands/engines.ts')).addEngine(engine, flags),
    )
  return naru
}

/** Of several models, such as those of three seeds, and of models that were made elsewhere. */
function modelOption(command: string): Option {
  return command === 'evaluate'
    ? new Option('--model <name|folder...>', 'name of the model, or folders of models to judge')
    : new Option('--model <name>', 'name of the model')
}

/** Options that say what a run is made from and how. */
function withInputs(command: Command): Command {
  return folders(command)
    .option('--ko <file|folder|url>', 'Korean dump (default: the bundled sample)')
    .option('--en <file|folder|url>', 'English dump (default: the bundled sample)')
    .option('--limit <pages>', 'pages of each wiki to read, from the beginning', wholeNumber(1))
    .option(
      '--existing <file...>',
      'synonym lists to merge: {"한국어": ["english", …]}, or lines of two terms\nparted by a tab, or by spaces as MUSE has them',
    )
    .option(
      '--config <file...>',
      'settings, later files win (default: config/sample_config.yaml for the sample,\nconfig/training_config.yaml otherwise)',
    )
    .addOption(modelOption(command.name()))
    .option('--seed <number>', 'seed of everything that is drawn', wholeNumber(0))
    .option('--workers <threads>', 'worker threads (default: one a core)', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'print errors only')
}

function folders(command: Command): Command {
  return command.option('--out <folder>', 'folder of data, models and state (default: dataset/ and models/)')
}

function withTransport(command: Command): Command {
  return command
    .addOption(
      new Option('--transport <kind>', 'what carries the events').choices(['embedded', 'kafka']).default('embedded'),
    )
    .option('--brokers <host:port,…>', 'Kafka brokers')
    .option('--redis <url>', 'Redis of the dedup store')
    .option('--namespace <name>', 'prefix of topics, groups and keys on servers', 'naru')
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
  }
}

function packageVersion(): string {
  const manifest: { version?: string } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return manifest.version ?? 'unknown'
}

function example(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/** Of the commands that do more than their phase. */
const moreExamples: Readonly<Record<string, readonly string[]>> = {
  download: ['naru download --wiki kowiki --wiki enwiki --date latest --out /data/dumps'],
  export: [
    'naru export models/checkpoints/naru/RUN/step-00001200 --precision fp16 int8',
    'naru export verify models/exports/naru',
  ],
  synonyms: ['naru synonyms explain "인공지능"'],
  evaluate: [
    'naru evaluate --model ./opensearch-neural-sparse-encoding-multilingual-v1',
    'naru evaluate --model seed-1/ seed-2/ seed-3/ --sentences tatoeba.kor tatoeba.eng --json',
    'naru evaluate --trec trec/                  every task, query, document and ranking as TREC files',
    'naru evaluate --run ours.run theirs.run --qrels judged.qrels',
  ],
  extract: [
    'naru extract kowiki-20260901-pages-articles-multistream.xml.bz2 --out kowiki.jsonl.zst',
    "naru extract enwiki/ --filter kind=article --filter 'length>=500' --out enwiki.parquet",
    'curl … | naru extract --fields title,text > articles.jsonl',
  ],
}

function phaseHelp(name: string): string {
  return example(
    `naru ${name}`,
    `naru ${name} --ko kowiki/ --en enwiki/ --out /data/run`,
    ...(moreExamples[name] ?? []),
  )
}

const exitCodes = 'Exit codes: 0 done, 1 failed, 2 wrong arguments or settings, 130 stopped by ctrl-C.'

const runHelp = `${example(
  'naru run                                    the bundled sample',
  'naru run --ko kowiki/ --en enwiki/ --out /data/run',
  'naru run --out /data/run --resume           goes on where it was stopped',
)}
\n${exitCodes}`

const programHelp = `
Settings: flags > NARU_<SERVICE>__<KEY> > YAML (--config) > defaults. NARU_LOG_LEVEL and NO_COLOR are heeded.
${exitCodes}`
