/** The pipeline on servers, a process a service. */
import { type Command, Option } from 'commander'
import type { ServiceFlags } from './commands/service.ts'
import { examples } from './help.ts'
import { wholeNumber } from './option-values.ts'
import { withInputs, withTransport } from './options.ts'

export function withServiceCommands(naru: Command): void {
  naru.commandsGroup('Running it and looking after it:')
  withTransport(withInputs(naru.command('service')))
    .description('run one service over Kafka')
    .argument('<id>', 'such as article-extractor')
    .option('--until-sealed', 'end when its input is complete')
    .option(
      '--session-timeout <ms>',
      'how long an instance may be silent before others take its work over',
      wholeNumber(6_000),
    )
    .addOption(
      new Option('--metrics-port <port>', 'serve /metrics, /health/live and /health/ready')
        .env('NARU_METRICS_PORT')
        .argParser(wholeNumber(0)),
    )
    .addOption(
      new Option('--metrics-host <address>', 'address to serve them on').env('NARU_METRICS_HOST').default('127.0.0.1'),
    )
    .addHelpText('after', examples('naru service trainer --transport kafka --brokers localhost:9092 --out /data'))
    .action(async (id: string, flags: ServiceFlags) => (await import('./commands/service.ts')).service(id, flags))
}
