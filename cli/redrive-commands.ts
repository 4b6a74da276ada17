/** What went wrong, again: dead letters, and replays of a stage. */
import type { Command } from 'commander'
import type { DeadFlags, RetryFlags } from './commands/dead.ts'
import type { ReplayFlags } from './commands/replay.ts'
import { examples } from './help.ts'
import { folders, withTransport } from './options.ts'

export function withRedriveCommands(naru: Command): void {
  const dead = naru.command('dead').description('list, show, retry, drop dead letters').enablePositionalOptions()
  const below = (name: string): Command => withTransport(folders(dead.command(name)))
  below('list')
    .description('every letter: cause, stage, and topic-partition@offset of its event')
    .argument('[service...]', 'of these services only')
    .option('--code <code>', 'of this error code only')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru dead list', 'naru dead list article-extractor --code XML_MALFORMED --json'))
    .action(async (services: readonly string[], flags: DeadFlags) =>
      (await import('./commands/dead.ts')).list(services, flags),
    )
  below('show')
    .description('a letter with its event')
    .argument('<id>', 'such as name-finder@12')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru dead show name-finder@12'))
    .action(async (id: string, flags: DeadFlags) => (await import('./commands/dead.ts')).show(id, flags))
  below('retry')
    .description('send the events of letters through their services once more')
    .argument('[id...]', 'such as name-finder@12')
    .option('--all', 'every letter that has its event')
    .option('--service <service>', 'with --all: of this service only')
    .option('--code <code>', 'with --all: of this error code only')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nWhat comes of an event is written together with the word that its letter is done: retried twice it is there once. Where the
stage had ended, its seal is written anew and the stages after it start again; they must not be at work meanwhile.
${examples('naru dead retry name-finder@12', 'naru dead retry --all --code SCHEMA_UNKNOWN && naru run --resume')}`,
    )
    .action(async (ids: readonly string[], flags: RetryFlags) =>
      (await import('./commands/dead.ts')).retryLetters(ids, flags),
    )
  below('drop')
    .description('put letters aside; their events still count as dead')
    .argument('<id...>', 'such as name-finder@12')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru dead drop name-finder@12 name-finder@13'))
    .action(async (ids: readonly string[], flags: DeadFlags) =>
      (await import('./commands/dead.ts')).dropLetters(ids, flags),
    )

  withTransport(folders(naru.command('replay')))
    .description('let a service take its input again')
    .argument('<service>', 'such as name-finder')
    .requiredOption(
      '--from <place>',
      'beginning; a time such as 2026-11-27T03:00Z; an offset, of all input partitions (1200) or of one (articles-3@1200)',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nWhat it wrote from there on is void, and the stages after it start again. None of them may be at work meanwhile.
${examples('naru replay name-finder --from beginning && naru run --resume', 'naru replay article-extractor --from dump-chunks-3@12 --transport kafka --brokers localhost:9092 --redis redis://localhost:6379')}`,
    )
    .action(async (service: string, flags: ReplayFlags) =>
      (await import('./commands/replay.ts')).replayService(service, flags),
    )
}
