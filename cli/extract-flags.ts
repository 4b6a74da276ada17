/** The options by which `naru extract` turns dump files into a file of articles; without them it is a phase like others. */
import { fstatSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { ArticlesOptions } from '../wiki/articles.ts'
import { type InputFlags, inputFlagNames } from './flags.ts'
import { appended, separated } from './option-values.ts'

export interface ExtractFlags extends InputFlags {
  readonly out?: string
  readonly wiki?: string
  readonly fields?: readonly string[]
  readonly filter?: readonly string[]
  readonly engine?: ArticlesOptions['engine']
  readonly parser?: ArticlesOptions['parser']
  readonly workers?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

// Said again, for --help must not load the extraction.
const engines: readonly ArticlesOptions['engine'][] = ['kernel', 'reference']
const parsers: readonly ArticlesOptions['parser'][] = ['fast', 'wtf']

const fileFlagNames = ['wiki', 'fields', 'filter', 'engine', 'parser'] as const

/**
 * Whether articles of files are wanted rather than the phase of the pipeline: files are named, or an option that only
 * they have, or a file for --out, or nothing at all while something is piped in.
 */
export function asksForFiles(files: readonly string[], flags: ExtractFlags): boolean {
  if (files.length > 0 || fileFlagNames.some((name) => flags[name] !== undefined)) return true
  if (flags.out !== undefined) return flags.out === '-' || /\.(?:jsonl?|gz|zst|parquet)$/.test(flags.out)
  return inputFlagNames.every((name) => flags[name] === undefined) && isPipedIn()
}

/** Whether standard input is a pipe or a file; a terminal and /dev/null are neither. */
export function isPipedIn(): boolean {
  try {
    const input = fstatSync(0)
    return input.isFIFO() || input.isSocket() || input.isFile()
  } catch {
    return false
  }
}

export function withExtraction(command: Command): Command {
  return command
    .argument('[file...]', 'dump files or a folder of them: articles go to the file --out; - is standard input')
    .optionsGroup(
      'Dump files to a file of articles (--out articles.jsonl, .jsonl.gz, .jsonl.zst or .parquet; - for standard output):',
    )
    .option('--wiki <name>', 'database name such as kowiki (default: what the file says)')
    .option(
      '--fields <field,…>',
      'fields of each article, also text, length, quality, tables, redirects, wikidataItem (default: those of the schema)',
      separated(/^\w+$/, 'fields such as title,text,categories'),
    )
    .option('--filter <expression>', "what is kept, such as 'length>=200'; may be repeated, all must hold", appended)
    .addOption(new Option('--engine <engine>', 'kernel is WebAssembly, reference the named libraries').choices(engines))
    .addOption(new Option('--parser <parser>', 'wtf lets wtf_wikipedia render lines with links').choices(parsers))
}
