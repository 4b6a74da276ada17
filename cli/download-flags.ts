/** The options by which `naru download` fetches dumps by name; without them it is a phase of the pipeline like others. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { DumpSource } from '../mirror/request.ts'
import { appended, separated } from './option-values.ts'

export interface DownloadFlags {
  readonly wiki?: readonly string[]
  readonly date?: string
  readonly source?: DumpSource
  readonly kinds?: readonly string[]
  readonly mirror?: string
  readonly out?: string
  readonly s3Endpoint?: string
  readonly s3Region?: string
  readonly userAgent?: string
  readonly connections?: number
  readonly allowUnverified?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** The flags that ask for dumps by name; all of them need --wiki. */
export const namedDownloadFlags = [
  'wiki',
  'date',
  'source',
  'kinds',
  'mirror',
  's3Endpoint',
  's3Region',
  'userAgent',
  'connections',
  'allowUnverified',
] as const

export function asksByName(flags: DownloadFlags): boolean {
  return namedDownloadFlags.some((name) => flags[name] !== undefined)
}

const sources: readonly DumpSource[] = ['dump', 'content-export', 'cirrus']

export function withDownloads(command: Command): Command {
  return command
    .optionsGroup('Dumps by name (into --out, by default the current folder):')
    .option('--wiki <name>', 'database name such as kowiki; may be repeated', appended)
    .option('--date <latest|YYYYMMDD>', 'latest is the newest complete one (default: latest)')
    .addOption(new Option('--source <source>', 'what is fetched (default: dump)').choices(sources))
    .option(
      '--kinds <kind,…>',
      'files of a dump: articles-multistream, articles, or any table\n(default: articles-multistream,langlinks,page,redirect)',
      separated(/^[a-z][a-z_-]*$/, 'kinds such as articles-multistream,langlinks'),
    )
    .option('--mirror <url|folder>', 'https:, s3:, file: or a path (default: https://dumps.wikimedia.org/)')
    .option('--connections <1–3>', 'files at once (default: 3)', connectionCount)
    .option('--user-agent <text>', 'names you to the server, with an address to write to')
    .option('--allow-unverified', 'accept files for which the mirror publishes no checksum')
    .option('--s3-endpoint <url>', 'where s3: addresses lead (default: AWS_ENDPOINT_URL, or Amazon)')
    .option('--s3-region <region>', 'region of the bucket (default: AWS_REGION, or us-east-1)')
}

function connectionCount(text: string): number {
  if (/^[123]$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give 1, 2 or 3: Wikimedia allows 3 connections for each IP address.')
}
