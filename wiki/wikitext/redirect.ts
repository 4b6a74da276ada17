import type { RedirectTarget } from '../../schemas/types.ts'
import { normaliseTitle, type Site } from '../site.ts'
import { decodeEntities } from './entities.ts'

/** `#REDIRECT [[Target#Section]]`, its local words and the templates that come with it; the colon after the word is old and optional. */
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
  return { target: title, section: section === '' ? null : section, templates: templatesIn(start) }
}

/**
 * {{R from misspelling}}, within {{Redirect category shell|…}} or not, and what {{Redr|from misspelling|to section|up}} and
 * {{This is a redirect|…}} stand for: the same templates, named by their parameters.
 */
function templatesIn(text: string): string[] {
  const written = [...text.matchAll(/\{\{\s*([^{}|\n]+?)\s*(?=[|}\n])/g)].map(([, name = '']) => name)
  const named = [...text.matchAll(/\|\s*((?:from|to|with) [^{}[\]|=\n]+?)\s*(?=[|}\n])/gi)].map(
    ([, name]) => `R ${name}`,
  )
  return [...new Set([...written, ...named].map((name) => name.replaceAll('_', ' ').toLowerCase()))]
}
