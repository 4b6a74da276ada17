/**
 * What a server offered at the first look, kept in the data set. A source must yield the same events at every start, but
 * `latest` moves on and lists of files are rewritten; and a restart after the last byte needs no network at all.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type LocatedDump, locatedDump } from '../../mirror/dump.ts'
import type { Locating } from './locate.ts'
import { locateRemote } from './locate-remote.ts'
import type { Input } from './settings.ts'

export async function locateRecorded(input: Input, url: URL, deps: Locating): Promise<LocatedDump> {
  const { files, log, settings } = deps
  const key = JSON.stringify([input.language, input.wiki ?? '', input.location])
  const address = `wikipedia/dumps/located/${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`
  const known = await readRecord(files.path(address))
  if (known !== undefined) {
    log.info({ wiki: known.wiki, date: known.date, record: address }, 'dump was located before')
    return known
  }
  const dump = await locateRemote(input, url, settings.requireChecksums, deps)
  // A query may be a signature that lets others in, and it is another one tomorrow.
  if (url.search === '') await files.write(address, `${JSON.stringify(dump, null, 1)}\n`)
  return dump
}

async function readRecord(file: string): Promise<LocatedDump | undefined> {
  try {
    return locatedDump.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
