/** What can be asked of the dictionary: the commands below `naru synonyms`, which alone is a phase like others. */
import type { Command } from 'commander'
import type { CardFlags } from './commands/synonyms/card.ts'
import type { ExplainFlags } from './commands/synonyms/explain.ts'

export function withSynonymCommands(synonyms: Command, folders: (command: Command) => Command): void {
  synonyms.enablePositionalOptions().commandsGroup('What can be asked of the dictionary:')
  folders(synonyms.command('explain'))
    .description('show every pair of a term with the pages, revisions and rules that say so')
    .argument('<term>', 'in either language; case, spacing, width and punctuation do not matter')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  naru synonyms explain "인공지능"\n  naru synonyms explain "artificial intelligence" --json',
    )
    .action(async (term: string, flags: ExplainFlags) => {
      await (await import('./commands/synonyms/explain.ts')).explain(term, flags)
    })
  folders(synonyms.command('card'))
    .description('write the data card again, with the precision that a review has found')
    .action(async (flags: CardFlags) => (await import('./commands/synonyms/card.ts')).card(flags))
}
