/** The lists of checksums that are published beside dumps. */
import { BadEventError } from '../runtime/errors.ts'

export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256'
  /** Lower-case hexadecimal. */
  readonly hex: string
}

const algorithms: ReadonlyMap<number, Checksum['algorithm']> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
])

/** File name → checksum, from a text as md5sum, sha1sum and sha256sum write it. Throws CHECKSUMS_MALFORMED. */
export function parseChecksums(text: string): Map<string, Checksum> {
  const sums = new Map<string, Checksum>()
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, hex, name] = /^([0-9a-fA-F]+) [ *](?:\.\/)?(.+?)\r?$/.exec(line) ?? []
    const algorithm = algorithms.get(hex?.length ?? 0)
    if (hex === undefined || name === undefined || algorithm === undefined) {
      throw new BadEventError('CHECKSUMS_MALFORMED', `line ${i + 1} is not "checksum  file name"`, {
        at: { line: i + 1 },
        hint: 'download the list of checksums again',
      })
    }
    sums.set(name, { algorithm, hex: hex.toLowerCase() })
  }
  return sums
}
