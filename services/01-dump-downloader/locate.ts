/** Turns an input into the list of files to fetch. */
import { filesOf, folderOf, type LocatedDump } from '../../mirror/dump.ts'
import { pathOfFileUrl, schemeOf, urlOf } from '../../mirror/folder.ts'
import type { S3Access } from '../../mirror/s3.ts'
import { ConfigError } from '../../runtime/errors.ts'
import type { Deps } from '../../runtime/service.ts'
import { locateItems } from './locate-items.ts'
import { locateLocal } from './locate-local.ts'
import { locateRecorded } from './recorded.ts'
import type { Input, Settings } from './settings.ts'

export type Locating = Deps<Settings, 'files'> & { readonly s3: S3Access }

/** Locates every input before anything is fetched, so that a wrong one is found at once. */
export async function locateAll(deps: Locating): Promise<LocatedDump[]> {
  const { inputs } = deps.settings
  if (inputs.length === 0) {
    throw new ConfigError('INPUTS_MISSING', 'no dump was named', {
      hint: 'Name a file, a folder or a URL for each language, such as --ko DIR --en DIR.',
    })
  }
  const dumps: LocatedDump[] = []
  for (const input of inputs) dumps.push(warnAbout(await locate(input, deps), deps))
  if (deps.settings.wikidata !== null) dumps.push(await locateItems(deps.settings.wikidata, deps))
  refuseClashes(dumps)
  return dumps
}

function locate(input: Input, deps: Locating): Promise<LocatedDump> {
  const scheme = schemeOf(input.location)
  if (scheme === undefined) return locateLocal(input, input.location)
  if (scheme === 'file') return locateLocal(input, pathOfFileUrl(input.location))
  return locateRecorded(input, urlOf(input.location), deps)
}

function warnAbout(dump: LocatedDump, { log, settings }: Deps<Settings, 'files'>): LocatedDump {
  const { wiki, language, date, articles, langlinks } = dump
  const ownLanguage = /^([a-z]{2,3})wiki$/.exec(wiki)?.[1]
  if (ownLanguage !== undefined && ownLanguage !== language) log.warn({ wiki, language }, 'wiki of another language')
  if (langlinks === undefined && settings.wikidata === null)
    log.warn({ wiki, date }, 'dump without langlinks and page tables')
  const unindexed = articles.filter(({ index }) => index === undefined).map(({ file }) => file.name)
  if (unindexed.length > 0) log.info({ wiki, date, files: unindexed }, 'articles without a multistream index')
  log.info({ wiki, date, files: filesOf(dump).length }, 'dump located')
  return dump
}

/** Two files of one name would overwrite each other in the data set. */
function refuseClashes(dumps: readonly LocatedDump[]): void {
  const seen = new Set<string>()
  for (const dump of dumps) {
    for (const { name } of filesOf(dump)) {
      const address = `${folderOf(dump)}/${name}`
      if (seen.has(address)) {
        throw new ConfigError('INPUT_TWICE', `two inputs have the file ${name} of ${dump.wiki}, ${dump.date}`, {
          hint: 'Name each dump once; where two wikis share a file name, give each input its wiki.',
        })
      }
      seen.add(address)
    }
  }
}
