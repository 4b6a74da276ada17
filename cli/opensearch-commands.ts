/** The commands below `naru opensearch`: an exported model in a real search engine. */
import { type Command, Option } from 'commander'
import type { BenchFlags } from './commands/opensearch/bench.ts'
import type { IndexFlags } from './commands/opensearch/index.ts'
import type { PublishFlags } from './commands/opensearch/publish.ts'
import type { OpenSearchSearchFlags } from './commands/opensearch/search.ts'
import type { DownFlags, UpFlags } from './commands/opensearch/server.ts'
import type { OpenSearchStatusFlags } from './commands/opensearch/status.ts'
import { precisions } from './export-flags.ts'
import { examples } from './help.ts'
import { share, twoAnalyzers, wholeNumber } from './option-values.ts'
import { folders, withTransport } from './options.ts'

const environmentHelp = `
Environment: NARU_OPENSEARCH_URL, NARU_OPENSEARCH_USERNAME and NARU_OPENSEARCH_PASSWORD; for https:// also NARU_OPENSEARCH_CA,
NARU_OPENSEARCH_CERT, NARU_OPENSEARCH_KEY (PEM files) and NARU_OPENSEARCH_INSECURE=1 (any certificate).`

export function withOpenSearchCommands(naru: Command): void {
  const opensearch = naru.command('opensearch').description('publish it, and search there').enablePositionalOptions()
  folders(opensearch.command('up'))
    .description('start a node here: 685 MB are fetched once; a JDK of 21 or newer is fetched where there is none')
    .option('--port <port>', 'port of the node', wholeNumber(1), 9200)
    .option('--json', 'print {url, started} as JSON; started is false for a node that ran already')
    .addHelpText(
      'after',
      `\nPrints its URL, half a minute later; one that runs already is left as it is. For tests and first steps: one node, loopback, no TLS.
${examples('naru opensearch up', 'naru opensearch up --port 19200')}`,
    )
    .action(async (flags: UpFlags) => (await import('./commands/opensearch/server.ts')).up(flags))
  folders(opensearch.command('down'))
    .description('stop the node; its data stays')
    .option('--json', 'print {stopped} as JSON: the URL of the node, or null where none ran')
    .addHelpText('after', examples('naru opensearch down'))
    .action(async (flags: DownFlags) => (await import('./commands/opensearch/server.ts')).down(flags))
  withUrl(opensearch.command('status'))
    .description('which cluster answers, what it can do, what is published there')
    .option('--json', 'print JSON')
    .addHelpText('after', `${examples('naru opensearch status')}\n${environmentHelp}`)
    .action(async (flags: OpenSearchStatusFlags) => (await import('./commands/opensearch/status.ts')).status(flags))
  withCluster(folders(opensearch.command('publish')))
    .description('upload and deploy the model, make its index and pipelines, move the alias')
    .option('--model <name|folder>', 'an exported model (default: the latest)')
    .addOption(
      new Option('--mode <mode>', 'who weighs a query: the model, or its tokens alone')
        .choices(['bilingual', 'doc-only'])
        .default('bilingual'),
    )
    .addOption(
      new Option('--vectors <kind>', 'rank_features, or sparse_vector (approximate)')
        .choices(['exact', 'ann'])
        .default('exact'),
    )
    .option('--prune <share>', "leave out weights below this share of a text's greatest", share, 0.1)
    .option(
      '--analyzers <first,second>',
      "of BM25 (default: those of the run's languages that the cluster has)",
      twoAnalyzers,
    )
    .addOption(encoderOption())
    .option('--rollback', 'go back to what was published before')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nThe same model twice changes nothing; another one is filled from the index in use, which answers until the alias moves.
${examples('naru opensearch publish', 'naru opensearch publish --mode doc-only --index articles-doc', 'naru opensearch publish --analyzers smartcn,english', 'naru opensearch publish --rollback')}\n${environmentHelp}`,
    )
    .action(async (flags: PublishFlags) => (await import('./commands/opensearch/publish.ts')).publish(flags))
  withCluster(withTransport(folders(opensearch.command('index'))))
    .description('index articles: files of naru extract or of a run, or the topic articles')
    .argument('[file...]', "JSON Lines, also .gz (default: the run's wikipedia/*_articles.jsonl)")
    .option('--from-topic', 'read the topic articles from where the last call ended, until its present end')
    .option('--model <name|folder>', 'the published model, where it encodes here')
    .addOption(encoderOption())
    .addOption(
      new Option('--precision <precision>', 'of the encoder here; int8 is faster, for an export that has it')
        .choices(precisions)
        .default('fp32'),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `${examples('naru opensearch index', 'naru opensearch index articles.jsonl.gz --encoder cluster', 'naru opensearch index --from-topic --transport kafka --brokers localhost:9092')}\n${environmentHelp}`,
    )
    .action(async (files: readonly string[], flags: IndexFlags) => {
      await (await import('./commands/opensearch/index.ts')).index(files, flags)
    })
  withCluster(opensearch.command('search'))
    .description('find articles')
    .argument('<query>', 'a title, a word, a question, in either language')
    .addOption(
      new Option('--mode <mode>', 'what decides (default: what was published)').choices([
        'bm25',
        'neural',
        'doc-only',
        'hybrid',
      ]),
    )
    .option('--lang <language>', 'language of the articles, such as en, or both', 'both')
    .option('-k <hits>', 'how many', wholeNumber(1), 5)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `${examples('naru opensearch search "태양계" --lang en', 'naru opensearch search "solar system" --mode hybrid')}\n${environmentHelp}`,
    )
    .action(async (query: string, flags: OpenSearchSearchFlags) => {
      await (await import('./commands/opensearch/search.ts')).search(query, flags)
    })
  withCluster(folders(opensearch.command('bench')))
    .description('BM25, neural sparse and hybrid side by side: quality, latency, size, ingestion rate')
    .option('--model <name|folder>', 'an exported model (default: the latest)')
    .option('--queries <number>', 'queries of each direction at most', wholeNumber(1), 200)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nThe figures are kept: naru report shows them with charts.
${examples('naru opensearch bench --queries 500', 'naru report')}\n${environmentHelp}`,
    )
    .action(async (flags: BenchFlags) => (await import('./commands/opensearch/bench.ts')).bench(flags))
}

function withCluster(command: Command): Command {
  return withUrl(command).option('--index <alias>', 'alias that is published and searched', 'articles')
}

function withUrl(command: Command): Command {
  return command.option('--url <url>', 'the cluster (default: $NARU_OPENSEARCH_URL, or http://127.0.0.1:9200)')
}

function encoderOption(): Option {
  return new Option('--encoder <where>', 'who encodes articles: naru, which is faster, or the cluster')
    .choices(['naru', 'cluster'])
    .default('naru')
}
