/** An article as a page of text that a person can check against the wiki and read as a diff. */
import type { Article } from '../../../schemas/types.ts'

const leadCharacters = 600
const sectionCharacters = 350

export function fingerprintOf(article: Article): string {
  const { title, lead, sections, links, infoboxes, categories, languageLinks, captions, hatnotes } = article
  const lines = [
    `title: ${title}`,
    `revision: ${article.revisionId} of ${article.timestamp}`,
    `kind: ${article.kind}, namespace ${article.namespace}`,
    ...(article.redirect === null
      ? []
      : [`redirect: ${article.redirect.target}${sectionOf(article.redirect.section)}`]),
    ...(article.shortDescription === '' ? [] : [`short description: ${article.shortDescription}`]),
    ...(article.coordinates === null ? [] : [`coordinates: ${placeOf(article.coordinates)}`]),
    ...article.boldNames.map((name) => `bold: ${name}`),
    ...article.glosses.map(({ language, text }) => `gloss: ${language} ${text}`),
    ...infoboxes.map(({ name, fields }) => `infobox: ${name} (${Object.keys(fields).join(', ')})`),
    ...infoboxes.slice(0, 1).flatMap(({ fields }) => Object.entries(fields).slice(0, 5).map(fieldLine)),
    `links: ${links.length}, ${links.reduce((sum, { count }) => sum + count, 0)} times`,
    ...links.slice(0, 6).map(({ target, surface }) => `  ${target} ← ${surface}`),
    ...listOf('categories', categories),
    ...listOf(
      'language links',
      languageLinks.map(({ language, title: there }) => `${language}:${there}`),
    ),
    ...listOf('captions', captions),
    ...listOf('hatnotes', hatnotes),
    `references: ${article.references}`,
    `lead: ${lead.length} characters`,
    ...indented(cut(lead, leadCharacters)),
    ...sections.map(({ heading, level, text }) => `${'='.repeat(level)} ${heading}: ${text.length} characters`),
    ...firstOf(sections.find(({ text }) => text !== '')?.text),
  ]
  return `${lines.join('\n')}\n`
}

function sectionOf(section: string | null): string {
  return section === null ? '' : `#${section}`
}

function placeOf({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`
}

function fieldLine([key, value]: [string, string]): string {
  return `  ${key} = ${cut(value.replaceAll('\n', ' / '), 100)}`
}

function listOf(name: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  return [`${name}: ${items.length}`, ...items.slice(0, 4).map((item) => `  ${cut(item.replaceAll('\n', ' / '), 120)}`)]
}

function firstOf(text: string | undefined): string[] {
  if (text === undefined) return []
  return ['first section with text:', ...indented(cut(text, sectionCharacters))]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '' : `  ${line}`))
}

function cut(text: string, characters: number): string {
  const letters = [...text]
  return letters.length <= characters ? text : `${letters.slice(0, characters).join('')}…`
}
