/** What a published model is asked: to search, and to show what a text activates. */
import { type Command, Option } from 'commander'
import type { EncodeFlags } from './commands/encode.ts'
import type { SearchFlags } from './commands/search.ts'
import { examples } from './help.ts'
import { wholeNumber } from './option-values.ts'
import { folders } from './options.ts'

export function withModelCommands(naru: Command): void {
  naru.commandsGroup('With the model:')
  folders(naru.command('search'))
    .description('find articles in both languages')
    .argument('<query>', 'a title, a word, a question')
    .addOption(new Option('--lang <language>', 'language of the articles, such as ko, or both').default('both'))
    .option('-k <hits>', 'how many', wholeNumber(1), 5)
    .option('--model <name|folder>', 'an exported model (default: the latest)')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('naru search "태양계" --lang en', 'naru search "solar system" -k 10 --json'))
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
    .addHelpText('after', examples('naru encode "태양계의 행성"', 'naru encode "태양계" --as query --why'))
    .action(async (text: string, flags: EncodeFlags) => (await import('./commands/encode.ts')).encode(text, flags))
}
