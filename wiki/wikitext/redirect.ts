import type { RedirectTarget } from '../../schemas/types.ts'
import { normaliseTitle, type Site } from '../site.ts'
import { decodeEntities } from './entities.ts'

/** `#REDIRECT [[Target#Section]]` and its local words; the colon after the word is old and optional. */
export function redirectOf(text: string, site: Site): RedirectTarget | null {
  const start = text.slice(0, 1000).trimStart()
  if (!start.startsWith('#')) return null
  const lower = start.toLowerCase()
  const isRedirect = site.words.some((words) =>
    words.redirectWords.some((word) => lower.startsWith(word.toLowerCase())),
  )
  const [, written] = /^#\S[^[]{0,40}\[\[([^\][|]+)/.exec(start) ?? []
  if (!isRedirect || written === undefined) return null
  const { title, section } = normaliseTitle(decodeEntities(written), site)
  return { target: title, section: section === '' ? null : section }
}
