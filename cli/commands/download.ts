/** naru download --wiki …: dumps by their names, from Wikimedia or a mirror, verified, into a folder. */
import { mkdir } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { type FetchedDump, fetchDumps } from '../../mirror/fetch.ts'
import { openFolder } from '../../mirror/folder.ts'
import type { Http } from '../../mirror/http.ts'
import { type ChosenDump, chooseDump, type DumpRequest, defaultKinds, defaultMirror } from '../../mirror/request.ts'
import { s3AccessFrom } from '../../mirror/s3.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { openFolderStore } from '../../runtime/files.ts'
import type { Progress } from '../../runtime/service.ts'
import { type DownloadFlags, namedDownloadFlags } from '../download-flags.ts'
import { dumpDate } from '../dump-date.ts'
import { type InputFlags, inputFlagNames } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { print, printJson, say } from '../print.ts'
import { openProgress } from '../progress.ts'
import { formatBytes, formatDuration } from '../quantities.ts'
import { spokenLog } from '../spoken-log.ts'
import { StageBoard } from '../stage-board.ts'
import { renderTable } from '../table.ts'

export async function download(flags: DownloadFlags & InputFlags): Promise<void> {
  const requests = requestsOf(flags)
  const settings = transferSettingsOf({
    ...(flags.userAgent !== undefined && { userAgent: flags.userAgent }),
    ...(flags.connections !== undefined && { connections: flags.connections }),
  })
  const s3 = s3AccessFrom(process.env, { endpoint: flags.s3Endpoint, region: flags.s3Region })
  const startedMs = Date.now()
  const interrupts = listenForInterrupts(() =>
    say('stopping; what is done stays, and the same command goes on from there. Press ctrl-C again to stop at once.'),
  )
  try {
    const http: Http = { settings, s3, log: spokenLog(flags.quiet ?? false), signal: interrupts.signal }
    const root = openFolder(flags.mirror ?? defaultMirror, http)
    const chosen: ChosenDump[] = []
    for (const request of requests) chosen.push(await chooseDump(request, root))
    const fetched = await fetchWatched(chosen, http, flags)
    present(fetched, (Date.now() - startedMs) / 1000, flags.json ?? false)
  } finally {
    interrupts.release()
  }
}

/** Throws ConfigError for flags that contradict each other or name nothing that can be. */
function requestsOf(flags: DownloadFlags & InputFlags): DumpRequest[] {
  const { wiki: wikis = [], source = 'dump', date = 'latest', kinds, allowUnverified = false } = flags
  const mixed = inputFlagNames.find((name) => flags[name] !== undefined)
  if (mixed !== undefined) {
    throw new ConfigError('FLAGS_MIXED', `--${mixed} does not go with --wiki`, {
      hint: 'naru download --wiki … fetches dumps by name; naru download --ko … --en … fetches what a run is made from.',
    })
  }
  if (wikis.length === 0) {
    const given = namedDownloadFlags.find((name) => flags[name] !== undefined) ?? 'wiki'
    const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    throw new ConfigError('WIKI_MISSING', `--${flag} needs --wiki`, { hint: 'Such as --wiki kowiki --wiki enwiki.' })
  }
  if (kinds !== undefined && source !== 'dump') {
    throw new ConfigError('KINDS_UNUSED', `--kinds does not go with --source ${source}, which has one kind of file`, {
      hint: 'Leave --kinds away.',
    })
  }
  const wrong = wikis.find((wiki) => !/^[a-z][a-z0-9_]*$/.test(wiki))
  if (wrong !== undefined) {
    throw new ConfigError('WIKI_INVALID', `${wrong} is no database name of a wiki`, {
      hint: 'Such as kowiki, enwiktionary or zh_min_nanwiki.',
    })
  }
  const common = { source, date: dumpDate(date), kinds: kinds ?? defaultKinds, allowUnverified }
  return [...new Set(wikis)].map((wiki) => ({ wiki, ...common }))
}

async function fetchWatched(chosen: readonly ChosenDump[], http: Http, flags: DownloadFlags): Promise<FetchedDump[]> {
  const out = resolve(flags.out ?? '.')
  await mkdir(out, { recursive: true })
  const files = openFolderStore({ data: out, models: resolve(out, 'models') })
  const quiet = flags.quiet ?? false
  const display = openProgress({ stream: process.stderr, quiet, environment: process.env, nowMs: Date.now })
  const board = new StageBoard(['dump-downloader'], Date.now)
  const progress: Progress = {
    report: (progress) => {
      board.report('dump-downloader', progress)
      display.update(board.views())
    },
  }
  try {
    const fetched = await fetchDumps(chosen, { ...http, files, copyLocalFiles: true }, progress)
    display.update(board.views().map((view) => ({ ...view, state: 'finished' as const })))
    return fetched
  } finally {
    display.stop()
  }
}

function present(fetched: readonly FetchedDump[], seconds: number, json: boolean): void {
  const bytes = fetched.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0)
  if (json) {
    printJson({
      dumps: fetched.map(({ dump, path, files }) => ({
        wiki: dump.wiki,
        source: dump.source,
        date: dump.date,
        from: dump.from,
        folder: path,
        files: files.map(({ name, path, bytes, sha1, verifiedBy }) => ({ name, path, bytes, sha1, verifiedBy })),
      })),
      bytes,
      seconds,
    })
    return
  }
  const columns = [{ title: 'File' }, { title: 'Size', align: 'right' }, { title: 'Verified by' }] as const
  const rows = fetched.flatMap(({ files }) =>
    files.map((file) => [
      shownPath(file.path),
      formatBytes(file.bytes),
      file.verifiedBy.join(', ') || 'nothing is published',
    ]),
  )
  print(renderTable(columns, rows).join('\n'))
  print(`\n${formatBytes(bytes)} in ${formatDuration(seconds)}.`)
}

/** From the current folder where it lies below, whole otherwise. */
function shownPath(path: string): string {
  const below = relative('.', path)
  return below.startsWith('..') ? path : below
}
