import { BadEventError } from '../../runtime/errors.ts'

/** The stream (or, where reading began inside one, the block) at byte `start` ends too early. */
export function truncated(file: string, start: number, reason: string, cause?: unknown): BadEventError {
  return new BadEventError('BZ2_TRUNCATED', `bz2 stream at byte ${start} is cut short: ${reason}`, {
    at: { file, byteOffset: start },
    hint: 'the download did not finish: resume it, then compare the checksum',
    cause,
  })
}

/** The stream (or, where reading began inside one, the block) at byte `start` is not what was written. */
export function corrupt(file: string, start: number, reason: string, cause?: unknown): BadEventError {
  return new BadEventError('BZ2_CORRUPT', `bz2 stream at byte ${start} is damaged: ${reason}`, {
    at: { file, byteOffset: start },
    hint: 'compare the checksum of the file with the one of the dump, and download it again',
    cause,
  })
}
