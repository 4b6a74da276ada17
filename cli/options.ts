/** Options that several commands have, each worded once. */
import { type Command, Option } from 'commander'
import { wholeNumber } from './option-values.ts'

/** The options that say what a run is made from and how. */
export function withInputs(command: Command): Command {
  return folders(command)
    .addOption(new Option('--ko <file|folder|url>', 'Korean dump (default: the bundled sample)').env('NARU_KO'))
    .addOption(new Option('--en <file|folder|url>', 'English dump (default: the bundled sample)').env('NARU_EN'))
    .option('--limit <pages>', 'pages of each wiki to read, from the beginning', wholeNumber(1))
    .option(
      '--existing <file...>',
      'synonym lists to merge: {"한국어": ["english", …]}, or lines of two terms\nparted by a tab, or by spaces as MUSE has them',
    )
    .addOption(
      new Option(
        '--config <file...>',
        'settings, later files win (default: config/sample_config.yaml for the sample,\nconfig/training_config.yaml otherwise)',
      ).env('NARU_CONFIG'),
    )
    .addOption(modelOption(command.name()))
    .option('--seed <number>', 'seed of everything that is drawn', wholeNumber(0))
    .option('--search-index <url>', 'OpenSearch to look for hard negatives in (default: an index on disk)')
    .option('--workers <threads>', 'worker threads (default: one a core)', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'print errors only')
}

/** Of several models, such as those of three seeds, and of models that were made elsewhere. */
function modelOption(command: string): Option {
  return command === 'evaluate'
    ? new Option('--model <name|folder...>', 'name of the model, or folders of models to judge')
    : new Option('--model <name>', 'name of the model')
}

export function folders(command: Command): Command {
  return command.addOption(
    new Option('--out <folder>', 'folder of data, models and state (default: dataset/ and models/)').env('NARU_OUT'),
  )
}

export function withTransport(command: Command): Command {
  return command
    .addOption(
      new Option('--transport <kind>', 'what carries the events')
        .choices(['embedded', 'kafka'])
        .default('embedded')
        .env('NARU_TRANSPORT'),
    )
    .addOption(new Option('--brokers <host:port,…>', 'Kafka brokers').env('KAFKA_BROKERS'))
    .addOption(new Option('--redis <url>', 'Redis of the dedup store').env('REDIS_URL'))
    .addOption(
      new Option('--namespace <name>', 'prefix of topics, groups and keys on servers')
        .env('NARU_NAMESPACE')
        .default('naru'),
    )
}
