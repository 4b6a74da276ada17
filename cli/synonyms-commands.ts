/** What can be asked of the dictionary: the commands below `naru synonyms`, which alone is a phase like others. */
import type { Command } from 'commander'
import type { CardFlags } from './commands/synonyms/card.ts'
import type { ExplainFlags } from './commands/synonyms/explain.ts'
import type { LeakcheckFlags } from './commands/synonyms/leakcheck.ts'
import type { ReviewFlags } from './commands/synonyms/review.ts'
import type { ValidateFlags } from './commands/synonyms/validate.ts'
import { examples } from './help.ts'
import { wholeNumber } from './option-values.ts'
import { folders } from './options.ts'

export function withSynonymCommands(synonyms: Command): void {
  synonyms.enablePositionalOptions().commandsGroup('What can be asked of the dictionary:')
  folders(synonyms.command('explain'))
    .description('show every pair of a term with the pages, revisions and rules that say so')
    .argument('<term>', 'in either language; case, spacing, width and punctuation do not matter')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('naru synonyms explain "인공지능"', 'naru synonyms explain "artificial intelligence" --json'),
    )
    .action(async (term: string, flags: ExplainFlags) => {
      await (await import('./commands/synonyms/explain.ts')).explain(term, flags)
    })
  folders(synonyms.command('review'))
    .description('judge a sample of each source; precision with its bounds comes of it')
    .option('--pairs <number>', 'pairs to judge of each source', wholeNumber(1), 50)
    .option('--seed <number>', 'another seed draws other pairs', wholeNumber(0), 1)
    .option('--answers <file>', 'take the answers of another review for the pairs that it shares with this run')
    .option('--summary', 'ask nothing, show what was judged')
    .option('--json', 'ask nothing, print what was judged as JSON')
    .addHelpText(
      'after',
      `\nKeys: y right, n wrong, s skip, q stop; the same command goes on where it was stopped.\n${examples(
        'naru synonyms review --pairs 400',
        'naru synonyms review --summary',
        'naru synonyms review --answers dataset/sample/review.jsonl --summary',
      )}`,
    )
    .action(async (flags: ReviewFlags) => (await import('./commands/synonyms/review.ts')).review(flags))
  folders(synonyms.command('validate'))
    .description('ask dictionaries that were no source: agree, disagree, unknown, by source')
    .requiredOption('--dictionary <file...>', 'lines of a Korean and an English term with a tab between')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru synonyms validate --dictionary kengdic.tsv wikidata-names.tsv'))
    .action(async (flags: ValidateFlags) => {
      await (await import('./commands/synonyms/validate.ts')).validateSynonyms(flags)
    })
  folders(synonyms.command('leakcheck'))
    .description('prove that nothing of a test cluster is trained on; exit code 1 otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru synonyms leakcheck --out /data/run'))
    .action(async (flags: LeakcheckFlags) => (await import('./commands/synonyms/leakcheck.ts')).leakcheck(flags))
  folders(synonyms.command('card'))
    .description('write the data card again, with the precision that a review has found')
    .option(
      '--json',
      'print {card, pairs, right, wrong} as JSON: its file, and how many pairs there are and were judged',
    )
    .addHelpText('after', examples('naru synonyms card --out /data/run'))
    .action(async (flags: CardFlags) => (await import('./commands/synonyms/card.ts')).card(flags))
}
