/** The commands below `naru topics`: what is to be there on the brokers before services start. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CreateFlags, GrantFlags, SchemasFlags } from './commands/topics.ts'
import { examples } from './help.ts'
import { withTransport } from './options.ts'

const environmentHelp = `
Environment: KAFKA_SECURITY_PROTOCOL (SASL_SSL …), KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD or
KAFKA_SASL_PASSWORD_FILE; KAFKA_CA, KAFKA_CERT, KAFKA_KEY (PEM files).`

export function withTopicsCommands(naru: Command): void {
  const topics = naru
    .command('topics')
    .description('make the topics on Kafka, and grant rights')
    .enablePositionalOptions()
  withTransport(topics.command('create'))
    .description('make every topic of the topology that is missing, and check the others')
    .addOption(
      new Option(
        '--replication <copies>',
        'copies of each topic; from 2 on min.insync.replicas follows from the topology (default: as the brokers do)',
      )
        .env('KAFKA_REPLICATION')
        .argParser(copies),
    )
    .option('--json', 'print {namespace, topics} as JSON: topic, partitions and cleanup of each')
    .addHelpText(
      'after',
      `${examples('naru topics create --transport kafka --brokers kafka:9093 --replication 3')}\n${environmentHelp}`,
    )
    .action(async (flags: CreateFlags) => (await import('./commands/topics.ts')).create(flags))
  withTransport(topics.command('grant'))
    .description('let users do what the topology says that services do, and nothing else')
    .requiredOption('--principal <name>', 'who: User:naru for all services, or User:naru-{service} for a user of each')
    .option('--json', 'print the rights as JSON, and grant nothing')
    .addHelpText(
      'after',
      `${examples("naru topics grant --transport kafka --brokers kafka:9093 --principal 'User:naru-{service}'")}\n${environmentHelp}`,
    )
    .action(async (flags: GrantFlags) => (await import('./commands/topics.ts')).grant(flags))
  topics
    .command('schemas')
    .description(
      "publish what the topics carry in a schema registry, under naru's own ids, for programs that read them by one",
    )
    .addOption(
      new Option('--registry <url>', "of an API like Confluent's; for Apicurio it ends with /apis/ccompat/v7")
        .env('SCHEMA_REGISTRY_URL')
        .makeOptionMandatory(),
    )
    .option('--check', 'publish nothing: exit code 1 where the newest version of a schema cannot read what is there')
    .option('--json', 'print what was published, or what is broken, as JSON')
    .addHelpText(
      'after',
      `${examples('naru topics schemas --registry http://registry:8081', 'naru topics schemas --registry http://registry:8081 --check')}

Environment: SCHEMA_REGISTRY_USERNAME, SCHEMA_REGISTRY_PASSWORD or SCHEMA_REGISTRY_PASSWORD_FILE.`,
    )
    .action(async (flags: SchemasFlags) => (await import('./commands/topics.ts')).schemas(flags))
}

function copies(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number from 1 on.')
}
