/** naru update and naru watch: new dumps as updates of a run; naru trace: where something comes from. */
import { type Command, InvalidArgumentError } from 'commander'
import type { TraceFlags } from './commands/trace.ts'
import type { UpdateFlags } from './commands/update.ts'
import type { WatchFlags } from './commands/watch.ts'
import { examples } from './help.ts'
import type { LanguageDump } from './new-dumps.ts'
import { appended, wholeNumber } from './option-values.ts'
import { folders, withTransport } from './options.ts'

const updateHelp = `
Pages of the version that the run has are not read again; the data sets are then those of a run on the new dumps alone.
${examples(
  'naru update --out /data/run                                    the newest complete dumps',
  'naru update --wiki kowiki --date 20261001 --out /data/run',
  'naru update --ko kowiki-20261001/ --en enwiki-20261001/ --out /data/run',
  'naru update --dump ja=jawiki-20261001/ --out /data/run-ja',
)}

An update that was stopped goes on with naru run --resume. See docs/updates.md.`

const watchHelp = examples(
  'naru watch --out /data/run',
  'naru watch --out /data/run --wiki kowiki --every 12 --mirror https://mirror.example.org/',
)

const traceHelp = examples(
  'naru trace "인공지능"',
  'naru trace "인공지능" "Artificial intelligence" --json',
  'naru trace 000a1b2c3d4e5f6:0123456789ab     an example, by its id in training/qd_pairs.jsonl',
  'naru trace naru                             a model',
  'naru trace "트롬본"                         a page without pairs: its versions, its moves, its end',
)

export function withUpdateCommands(naru: Command): void {
  withTransport(folders(fromMirror(naru.command('update'))))
    .description('bring the run to new dumps')
    .option('--date <latest|YYYYMMDD>', 'of the dumps (default: latest)')
    .option('--ko <file|folder|url>', 'Korean dump, in the place of one by name')
    .option('--en <file|folder|url>', 'English dump, in the place of one by name')
    .option('--dump <language=place>', 'dump of another language, such as ja=/dumps/jawiki; may be repeated', dumps)
    .option('--sides <keep|anew>', 'whether clusters keep their side of the split', sides, 'keep')
    .option('--workers <threads>', 'worker threads (default: one a core)', wholeNumber(1))
    .option('--json', 'print the summary as JSON; {updated: false, <language>: <dump>, …} where there is nothing new')
    .option('--quiet', 'print errors only')
    .addHelpText('after', updateHelp)
    .action(async (flags: UpdateFlags) => (await import('./commands/update.ts')).update(flags))
  withTransport(folders(fromMirror(naru.command('watch'))))
    .description('look for new dumps, and update')
    .option('--every <hours>', 'between two looks, a tenth more or less', hours, 6)
    .option('--once', 'look once, update where there is something new, and end')
    .option('--sides <keep|anew>', 'whether clusters keep their side of the split', sides, 'keep')
    .option('--workers <threads>', 'worker threads (default: one a core)', wholeNumber(1))
    .option(
      '--json',
      'print JSON Lines, each {at, found} with state updating or updated, {at, found: null} or {at, code, message}',
    )
    .option('--quiet', 'print errors only')
    .addHelpText('after', watchHelp)
    .action(async (flags: WatchFlags) => (await import('./commands/watch.ts')).watch(flags))
  withTransport(folders(naru.command('trace')))
    .description('show what something rests on')
    .argument('<what...>', 'a term or the two of a pair; an id of an example; the name of a model; the title of a page')
    .option('--json', 'print JSON')
    .addHelpText('after', traceHelp)
    .action(async (what: readonly string[], flags: TraceFlags) =>
      (await import('./commands/trace.ts')).trace(what, flags),
    )
}

function fromMirror(command: Command): Command {
  return command
    .option('--wiki <name>', 'wiki of which there is a new dump; may be repeated (default: every one)', appended)
    .option('--mirror <url|folder>', 'where dumps are (default: https://dumps.wikimedia.org/)')
}

function dumps(text: string, given: readonly LanguageDump[] = []): LanguageDump[] {
  const [, language, location] = /^([a-z]{2,3}(?:-[a-z]+)*)=(.+)$/.exec(text) ?? []
  if (language !== undefined && location !== undefined) return [...given, { language, location }]
  throw new InvalidArgumentError('Give a language and a dump, such as ja=/dumps/jawiki.')
}

function sides(text: string): 'keep' | 'anew' {
  if (text === 'keep' || text === 'anew') return text
  throw new InvalidArgumentError('Give keep or anew.')
}

function hours(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('Give hours, such as 6 or 0.5.')
}
