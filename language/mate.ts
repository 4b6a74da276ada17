/** Which page of the other wiki is the mate of a page, by all that is said of it. */
import type { PageName } from '../schemas/types.ts'

/** Of the rules that name a mate the one that is believed first: a link in the text is older than the tables. */
const linkRules = ['langlink', 'wikidata', 'inline_langlink'] as const

/** Whether the rule joins pages, rather than naming one. */
export function isLink({ rule }: { readonly rule: string }): boolean {
  return linkRules.some((link) => link === rule)
}

/** The title of the mate. `conflict` where the surest rule leads to several pages. */
export function mateOf(
  names: readonly Pick<PageName, 'rule' | 'name'>[],
): { readonly title: string } | 'none' | 'conflict' {
  for (const rule of linkRules) {
    const titles = new Set(names.filter((name) => name.rule === rule).map(({ name }) => name))
    const [title] = titles
    if (titles.size > 1) return 'conflict'
    if (title !== undefined) return { title }
  }
  return 'none'
}
