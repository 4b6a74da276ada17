import { distance } from 'fastest-levenshtein'

const lettersApart = 2

/**
 * The name that was probably meant by one that is not known: whose last part is two letters away at most, or begins so. Undefined where
 * none is. @param known names, or paths of names with dots between.
 */
export function meantName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  const candidates = known.flatMap((path) => {
    const last = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
    const apart = distance(wanted, last)
    const isNear = apart <= lettersApart && apart < last.length
    return isNear || (wanted.length > 2 && last.startsWith(wanted)) ? [{ path, apart }] : []
  })
  return candidates.sort((a, b) => a.apart - b.apart)[0]?.path
}
