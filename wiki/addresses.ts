/** Where a page, a revision of it or a Wikidata item can be looked at. */

const projects = [
  'wiktionary',
  'wikibooks',
  'wikinews',
  'wikiquote',
  'wikisource',
  'wikiversity',
  'wikivoyage',
] as const

/** Host of a wiki by its database name: kowiki, zh_min_nanwiki, enwiktionary; undefined for other names. */
function hostOf(wiki: string): string | undefined {
  if (wiki === 'wikidatawiki') return 'www.wikidata.org'
  const project = projects.find((name) => wiki.endsWith(name))
  const language = project === undefined ? wiki.replace(/wiki$/, '') : wiki.slice(0, -project.length)
  if (language === wiki || !/^[a-z][a-z_]*$/.test(language)) return undefined
  return `${language.replaceAll('_', '-')}.${project ?? 'wikipedia'}.org`
}

/**
 * Address of what evidence rests on: the revision, or the page as it is now where none is known (revision 0), or the item of
 * Wikidata, whose number stands for the page. Undefined where the wiki has no known address, such as an existing list.
 */
export function evidenceAddress(wiki: string, pageId: number, revisionId: number): string | undefined {
  const host = hostOf(wiki)
  if (host === undefined) return undefined
  if (wiki === 'wikidatawiki') return `https://${host}/wiki/Q${pageId}`
  return `https://${host}/w/index.php?${revisionId > 0 ? `oldid=${revisionId}` : `curid=${pageId}`}`
}
