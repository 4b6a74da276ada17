/** Fetches dumps by name as `naru download --wiki` does, without its terminal. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type FetchedDump, fetchDumps } from '../../mirror/fetch.ts'
import { openFolder } from '../../mirror/folder.ts'
import type { Http } from '../../mirror/http.ts'
import { chooseDump, type DumpRequest, defaultKinds } from '../../mirror/request.ts'
import type { S3Access } from '../../mirror/s3.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { openFolderStore } from '../../runtime/files.ts'

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-mirror-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface ByName {
  readonly mirror: string
  readonly out: string
  readonly request?: Partial<DumpRequest>
  readonly settings?: Parameters<typeof transferSettingsOf>[0]
  readonly s3?: S3Access
}

export interface Said {
  readonly fetched: FetchedDump
  readonly warnings: { readonly message: string; readonly [field: string]: unknown }[]
  readonly progress: { readonly done: number; readonly total?: number }[]
}

export async function fetchByName({
  mirror,
  out,
  request,
  settings,
  s3 = { region: 'us-east-1' },
}: ByName): Promise<Said> {
  const warnings: Said['warnings'] = []
  const progress: Said['progress'] = []
  const http: Http = {
    settings: transferSettingsOf({ retryDelayMs: 1, ...settings }),
    s3,
    signal: new AbortController().signal,
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: (fields, message) => void warnings.push({ ...fields, message }),
    },
  }
  const asked = { wiki: 'kowiki', source: 'dump', date: 'latest', kinds: defaultKinds, allowUnverified: false } as const
  const chosen = await chooseDump({ ...asked, ...request }, openFolder(mirror, http))
  const files = openFolderStore({ data: out, models: join(out, 'models') })
  const report = (report: Said['progress'][number]) => void progress.push(report)
  const [fetched] = await fetchDumps([chosen], { ...http, files, copyLocalFiles: true }, { report })
  if (fetched === undefined) throw new Error('nothing was fetched')
  return { fetched, warnings, progress }
}

export function namesOf({ fetched }: Said): string[] {
  return fetched.files.map(({ name }) => name)
}
