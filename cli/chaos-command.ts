/** naru chaos: the fault bench. */
import { type Command, InvalidArgumentError } from 'commander'
import type { ChaosFlags } from './commands/chaos.ts'
import { examples } from './help.ts'
import { wholeNumber } from './option-values.ts'

export function withChaosCommand(naru: Command): void {
  naru
    .command('chaos')
    .description('break a run in every way, compare its bytes')
    .option('--faults <number>', 'how many', wholeNumber(1), 20)
    .option('--pace <seconds>', 'between two of them in the mean', seconds, 2)
    .option('--minutes <number>', 'that a round may take', wholeNumber(1), 30)
    .option('--seed <number>', 'another seed, another schedule', wholeNumber(0), 1)
    .option('--ko <folder>', 'Korean dump (default: the bundled sample)')
    .option('--en <folder>', 'English dump (default: the bundled sample)')
    .option('--limit <pages>', 'pages of each wiki to read, from the beginning', wholeNumber(1))
    .option('--config <file...>', 'settings, as of naru run')
    .option('--undisturbed <folder>', 'keep the run to compare with there; one that is there already is gone on from')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nStarts a Kafka and a Redis of its own on this machine, and every service up to the data set as a process. Processes are killed,
paused beyond their session, doubled and put out of time; servers killed, stopped, cut off and delayed; the disk is filled.
A disk of its own needs the right to mount one. docs/chaos.md has what came out.
${examples('naru chaos --limit 200 --faults 15', 'naru chaos --faults 200 --pace 4 --seed 7', 'naru chaos --undisturbed runs/chaos --seed 8')}`,
    )
    .action(async (flags: ChaosFlags) => (await import('./commands/chaos.ts')).runChaos(flags))
}

function seconds(text: string): number {
  const value = Number(text)
  if (text !== '' && value > 0) return value
  throw new InvalidArgumentError('Give seconds, more than 0.')
}
