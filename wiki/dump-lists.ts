/** What is published about a dump beside it: dumpstatus.json. */
import { z } from 'zod'
import { BadEventError } from '../runtime/errors.ts'
import { type DumpKind, parseDumpName } from './dump-names.ts'

/** One file as dumpstatus.json lists it. */
export interface DumpStatusFile {
  readonly name: string
  readonly kind: DumpKind | undefined
  /** Bytes on disk. */
  readonly size?: number
  /** Path on the server, from its root. */
  readonly url?: string
  /** Lower-case hexadecimal. */
  readonly md5?: string
  readonly sha1?: string
}

export interface DumpJob {
  readonly name: string
  readonly isDone: boolean
  readonly files: readonly DumpStatusFile[]
}

const statusSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({
      status: z.string(),
      files: z
        .record(
          z.string(),
          z.object({
            size: z.number().optional(),
            url: z.string().optional(),
            md5: z.string().optional(),
            sha1: z.string().optional(),
          }),
        )
        .optional(),
    }),
  ),
})

/** The jobs of a `dumpstatus.json`, in its order. Throws BadEventError DUMPSTATUS_MALFORMED. */
export function parseDumpStatus(json: string): DumpJob[] {
  const hint = 'is the address that of a dump, such as …/kowiki/20260901/dumpstatus.json?'
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw new BadEventError('DUMPSTATUS_MALFORMED', 'dumpstatus.json is no JSON', { hint, cause })
  }
  const status = statusSchema.safeParse(parsed)
  if (!status.success) {
    const message = `dumpstatus.json has another form: ${z.prettifyError(status.error)}`
    throw new BadEventError('DUMPSTATUS_MALFORMED', message, { hint, cause: status.error })
  }
  return Object.entries(status.data.jobs).map(([name, job]) => ({
    name,
    isDone: job.status === 'done',
    files: Object.entries(job.files ?? {}).map(([fileName, { size, url, md5, sha1 }]) => ({
      name: fileName,
      kind: parseDumpName(fileName)?.kind,
      ...(size !== undefined && { size }),
      ...(url !== undefined && { url }),
      ...(md5 !== undefined && { md5: md5.toLowerCase() }),
      ...(sha1 !== undefined && { sha1: sha1.toLowerCase() }),
    })),
  }))
}
