import type { RedirectTarget } from '../dump/page.ts'
import { moves } from '../facts/changes.ts'
import { pick, share } from './chance.ts'
import type { Article } from './draft.ts'
import type { PageSpec, PageState } from './spec.ts'
import type { Subject } from './subject.ts'

/** A redirect page, spelled in one of the ways that MediaWiki accepts. */
export function redirectState(language: 'ko' | 'en', title: string, target: RedirectTarget): PageState {
  const link = `[[${target.title}${target.fragment === '' ? '' : `#${target.fragment}`}]]`
  const text =
    language === 'ko'
      ? pick(title, [
          `#넘겨주기 ${link}`,
          `#넘겨주기 ${link}`,
          `#넘겨주기 ${link}`,
          `#넘겨주기${link}`,
          `#REDIRECT ${link}`,
          `#redirect ${link}\n\n[[분류:넘겨주기 문서]]`,
        ])
      : pick(title, [
          `#REDIRECT ${link}`,
          `#REDIRECT ${link}`,
          `#REDIRECT ${link}\n\n{{Redirect category shell|\n{{R from alternative name}}\n}}`,
          `#redirect ${link}`,
          `#Redirect: ${link}`,
        ])
  return { title, text, redirect: target, langlinks: {} }
}

/** Headings that make a sensible `History of …` page. */
const ownPages: ReadonlySet<string> = new Set([
  '역사',
  '발견',
  '지리',
  '경제',
  '기후',
  '생애',
  '구조',
  'History',
  'Discovery',
  'Geography',
  'Economy',
  'Climate',
  'Structure',
])

/** Redirects of all subjects: aliases and sections. A name that is taken already stays what it is. */
export function aliasPages(
  language: 'ko' | 'en',
  articles: readonly { readonly subject: Subject; readonly article: Article }[],
  others: readonly PageSpec[],
): PageSpec[] {
  const taken = new Set(others.flatMap((spec) => spec.editions.map((state) => state?.title ?? '')))
  const pages: PageSpec[] = []
  const add = (title: string, target: RedirectTarget) => {
    if (taken.has(title)) return
    taken.add(title)
    const state = redirectState(language, title, target)
    // A page that is moved onto a redirect takes its place.
    const replaced = moves[language].some((move) => move.title === title)
    pages.push({
      slug: `redirect/${title}`,
      namespace: 0,
      editions: [state, replaced ? undefined : state],
      inArticlesDump: true,
    })
  }
  for (const { subject, article } of articles) {
    const names =
      language === 'ko'
        ? [...subject.koAliases, ...subject.koRedirects]
        : [...subject.enAliases, ...subject.enRedirects]
    for (const name of names)
      add(firstUpper(name.replace(/^the /, '')), { title: subject[language], namespace: 0, fragment: '' })
    for (const section of article[language].sections) {
      if (!ownPages.has(section.heading) || share(`${subject.key}/${section.heading}`) > 0.2) continue
      const title = language === 'ko' ? `${subject.ko}의 ${section.heading}` : `${section.heading} of ${subject.enWord}`
      add(title, { title: subject[language], namespace: 0, fragment: section.heading })
    }
  }
  return pages
}

function firstUpper(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1)
}
