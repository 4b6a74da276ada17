/** naru monitor, and --monitor of naru run. */
import { type Command, InvalidArgumentError } from 'commander'
import type { MonitorFlags } from './commands/monitor.ts'
import { examples } from './help.ts'
import { folders, withTransport } from './options.ts'

export const monitorPort = 7710

export function withMonitorCommands(naru: Command): void {
  withTransport(folders(naru.command('monitor')))
    .description('show a run as a web page, live')
    .option('--port <port>', 'port of the page; 0 takes any that is free', port, monitorPort)
    .option('--host <address>', 'address to listen on; any but the loopback needs a token', '127.0.0.1')
    .option('--token-env <name>', 'variable that holds a token: the page asks for it, and lets whoever has it act')
    .option(
      '--metrics-url <template>',
      'where services that run by themselves serve /metrics, such as\nhttp://{service}:9464/metrics; without it the figures are those of naru run in --out',
    )
    .option('--model <name|folder>', 'an exported model for the search (default: the latest)')
    .option('--json', 'print {url} as a line of JSON once the page can be opened')
    .addHelpText(
      'after',
      examples(
        'naru monitor                               the run in dataset/, at work or not',
        'naru monitor --out /data/run --port 8080',
        "naru monitor --transport kafka --brokers localhost:9092 --metrics-url 'http://{service}:9464/metrics'",
        'MONITOR_TOKEN=… naru monitor --host 0.0.0.0 --token-env MONITOR_TOKEN',
      ),
    )
    .action(async (flags: MonitorFlags) => (await import('./commands/monitor.ts')).monitor(flags))
}

export function port(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 65_535) return value
  throw new InvalidArgumentError('Give a port, 0 to 65535.')
}
