/** Bytes in place over all files, for the progress bar. */
import type { Progress } from '../runtime/service.ts'
import type { WantedFile } from './dump.ts'

const reportEveryBytes = 256 * 1024

export interface Tally {
  /** Bytes of a file that are in place; may fall back. */
  readonly set: (file: WantedFile, bytes: number) => void
}

/** The total is known where the size of every file is: published, or of the local original. */
export function tallyOf(sizes: ReadonlyMap<WantedFile, number | undefined>, progress: Progress): Tally {
  const known = [...sizes.values()].filter((size) => size !== undefined)
  const total = known.length === sizes.size ? { total: known.reduce((sum, size) => sum + size, 0) } : {}
  const inPlace = new Map<WantedFile, number>()
  let done = 0
  let reported = Number.NEGATIVE_INFINITY
  return {
    set: (file, bytes) => {
      done += bytes - (inPlace.get(file) ?? 0)
      inPlace.set(file, bytes)
      const isWhole = bytes === sizes.get(file)
      if (!isWhole && Math.abs(done - reported) < reportEveryBytes) return
      reported = done
      progress.report({ done, ...total, unit: 'bytes', note: file.name })
    },
  }
}
