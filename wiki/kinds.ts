import type { ArticleKind } from '../schemas/types.ts'
import type { Site } from './site.ts'

/** What the title alone says about a page. */
export function kindByTitle(title: string, { words }: Site): 'disambiguation' | 'list' | undefined {
  if (words.some(({ disambiguationSuffixes }) => disambiguationSuffixes.some((end) => title.endsWith(end)))) {
    return 'disambiguation'
  }
  const isList = words.some(
    ({ listTitleStarts, listTitleEndings }) =>
      listTitleStarts.some((start) => title.startsWith(start)) || listTitleEndings.some((end) => title.endsWith(end)),
  )
  return isList ? 'list' : undefined
}

/** What the use of a template, by its lower-case name, says about a page. */
export function kindByTemplate(template: string, { words }: Site): 'disambiguation' | 'stub' | undefined {
  if (words.some(({ disambiguationTemplates }) => disambiguationTemplates.includes(template))) return 'disambiguation'
  const isStub = words.some(
    ({ stubTemplates, stubTemplateEndings, sectionStubTemplates }) =>
      (stubTemplates.includes(template) || stubTemplateEndings.some((end) => template.endsWith(end))) &&
      !sectionStubTemplates.includes(template),
  )
  return isStub ? 'stub' : undefined
}

/** The kind of a page that is no redirect: its title and its templates decide, in this order of weight. */
export function kindOf(title: string, templates: readonly string[], isMarked: boolean, site: Site): ArticleKind {
  const byTitle = kindByTitle(title, site)
  const byTemplates = new Set(templates.map((template) => kindByTemplate(template, site)))
  if (isMarked || byTemplates.has('disambiguation') || byTitle === 'disambiguation') return 'disambiguation'
  if (byTitle === 'list') return 'list'
  return byTemplates.has('stub') ? 'stub' : 'article'
}
