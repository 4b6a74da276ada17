/** Which dumps an update reads: the one of each language that the run has, or a newer one in its place. */
import { existsSync } from 'node:fs'
import { openFolder } from '../mirror/folder.ts'
import type { Http } from '../mirror/http.ts'
import { chooseDump, defaultKinds, defaultMirror } from '../mirror/request.ts'
import { ConfigError } from '../runtime/errors.ts'
import { type InputFlags, inputLocations } from './flags.ts'

export interface NewDumpFlags {
  readonly wiki?: readonly string[]
  readonly date?: string
  readonly mirror?: string
  readonly ko?: string
  readonly en?: string
}

export interface Locations {
  readonly ko: string
  readonly en: string
}

const languages = ['ko', 'en'] as const
type Language = (typeof languages)[number]

/** Throws ConfigError for a wiki that the run is not made from, a date that is none, or where the mirror has no such dump. */
export async function newDumps(run: InputFlags, asked: NewDumpFlags, http: Http): Promise<Locations> {
  const before = inputLocations(run)
  const wanted = wantedLanguages(asked)
  const date = dayOf(asked.date ?? 'latest')
  const located = async (language: Language): Promise<string> => {
    const given = asked[language]
    if (given !== undefined) return given
    // With dumps by path for one language the other stays.
    const isByPath = asked.ko !== undefined || asked.en !== undefined
    if (!wanted.includes(language) || (isByPath && asked.wiki === undefined)) return before[language]
    return (asked.mirror === undefined && besides(before[language], date)) || fromMirror(language, date, asked, http)
  }
  return { ko: await located('ko'), en: await located('en') }
}

/** Languages of the wikis that are asked for; both where none is. */
export function wantedLanguages({ wiki: wikis }: Pick<NewDumpFlags, 'wiki'>): readonly Language[] {
  if (wikis === undefined) return languages
  return wikis.map((wiki) => {
    const language = languages.find((one) => wiki === `${one}wiki`)
    if (language !== undefined) return language
    throw new ConfigError('WIKI_UNKNOWN', `the run is not made from ${wiki}`, { hint: 'It is from kowiki and enwiki.' })
  })
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

async function fromMirror(language: Language, date: string, { mirror }: NewDumpFlags, http: Http): Promise<string> {
  const request = {
    wiki: `${language}wiki`,
    source: 'dump',
    date,
    kinds: defaultKinds,
    allowUnverified: false,
  } as const
  return (await chooseDump(request, openFolder(mirror ?? defaultMirror, http))).from
}

function dayOf(date: string): string {
  const day = /^(?:latest|\d{8})$/.exec(date.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$1$2$3'))?.[0]
  if (day !== undefined) return day
  throw new ConfigError('DATE_INVALID', `${date} is no date of a dump`, { hint: 'Such as 20260901, or latest.' })
}
