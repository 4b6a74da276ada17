/** Which dumps an update reads: those that the run has, or newer ones in their place. */
import { existsSync } from 'node:fs'
import { openFolder } from '../mirror/folder.ts'
import type { Http } from '../mirror/http.ts'
import { chooseDump, defaultKinds, defaultMirror } from '../mirror/request.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { Input } from '../services/01-dump-downloader/settings.ts'
import { dumpDate } from './dump-date.ts'
import { refuseMissing } from './flags.ts'

export interface NewDumpFlags {
  readonly wiki?: readonly string[]
  readonly date?: string
  readonly mirror?: string
  readonly ko?: string
  readonly en?: string
  readonly dump?: readonly LanguageDump[]
}

/** A dump by its place, of --dump. */
export interface LanguageDump {
  readonly language: string
  readonly location: string
}

/**
 * The inputs of the run, some of them in another place. Throws ConfigError for a wiki or language that the run is not made from, a path
 * that is not there, a date that is none, or where the mirror has no such dump. `looked` is told how many inputs were looked for.
 */
export async function newDumps(
  before: readonly Input[],
  asked: NewDumpFlags,
  http: Http,
  looked: (inputs: number) => void = () => undefined,
): Promise<readonly Input[]> {
  const wanted = wantedInputs(before, asked)
  const given = placesOf(before, asked)
  const date = dumpDate(asked.date ?? 'latest')
  const located = async (input: Input): Promise<string> => {
    const place = given.get(input.language)
    if (place !== undefined) return place
    // With dumps by path for one language the other stays.
    if (!wanted.includes(input) || (given.size > 0 && asked.wiki === undefined)) return input.location
    return (asked.mirror === undefined && besides(input.location, date)) || fromMirror(wikiOf(input), date, asked, http)
  }
  const found: Input[] = []
  for (const input of before) {
    looked(found.length)
    found.push({ ...input, location: await located(input) })
  }
  return found
}

/** Inputs of the wikis that are asked for; all where none is. */
function wantedInputs(before: readonly Input[], { wiki: wikis }: NewDumpFlags): readonly Input[] {
  if (wikis === undefined) return before
  return wikis.map((wiki) => {
    const input = before.find((one) => wikiOf(one) === wiki)
    if (input !== undefined) return input
    throw new ConfigError('WIKI_UNKNOWN', `the run is not made from ${wiki}`, {
      hint: `It is from ${before.map(wikiOf).join(' and ')}.`,
    })
  })
}

/** Where the dump of a language is, for those that are given by their place. */
function placesOf(before: readonly Input[], { ko, en, dump = [] }: NewDumpFlags): ReadonlyMap<string, string> {
  const given = new Map(dump.map(({ language, location }) => [language, location]))
  if (ko !== undefined) given.set('ko', ko)
  if (en !== undefined) given.set('en', en)
  for (const [language, location] of given) {
    refuseMissing(`the dump in ${language}`, location)
    if (before.some((input) => input.language === language)) continue
    throw new ConfigError('LANGUAGE_UNKNOWN', `the run has no dump in ${language}`, {
      hint: `It is in ${before.map((input) => input.language).join(' and ')}.`,
    })
  }
  return given
}

function wikiOf({ language, wiki }: Input): string {
  return wiki ?? `${language}wiki`
}

/** Places by language, as they are told. */
export function placesByLanguage(inputs: readonly Input[]): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.map(({ language, location }) => [language, location]))
}

/** The date in the address of a dump, such as …/kowiki/20260901/; undefined where it says none. */
export function dateIn(location: string): string | undefined {
  return /^(?:.*[/\\])?(\d{8})(?=[/\\]|$)/.exec(location)?.[1]
}

/** The folder of another date in the place of this one, where the address has a date and there is such a folder. */
function besides(location: string, date: string): string | undefined {
  const own = dateIn(location)
  if (own === undefined || date === 'latest' || /^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return undefined
  const at = location.lastIndexOf(own)
  const other = location.slice(0, at) + date + location.slice(at + own.length)
  return existsSync(other) ? other : undefined
}

async function fromMirror(wiki: string, date: string, { mirror }: NewDumpFlags, http: Http): Promise<string> {
  const request = {
    wiki,
    source: 'dump',
    date,
    kinds: defaultKinds,
    allowUnverified: false,
  } as const
  return (await chooseDump(request, openFolder(mirror ?? defaultMirror, http))).from
}
