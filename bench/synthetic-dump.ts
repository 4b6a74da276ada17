/**
 * A dump many times the sample's size: its articles again and again under other names. A name is another order of the letters of the sample's, the
 * same wherever the name stands (titles, links, redirects, leads, tables), so each copy is a little encyclopedia of its own.
 *
 *   node --import tsx bench/synthetic-dump.ts DIR [TIMES] [SHARE]
 *
 * Writes DIR/20260901/kowiki and enwiki, to be given as --ko and --en; TIMES is 100 where absent, which wants 8 GB of memory and
 * NODE_OPTIONS=--max-old-space-size=8192. With a SHARE, such as 0.05, DIR/20261001 is the dump of a month later, in which so many of the pages
 * are new, moved or edited, and some are gone. The same bytes each time. Needs bzip2.
 *
 * The sample's articles are short, 1.1 kB of wikitext; asked for, each is given sections of others, links and all, until it is as long as is wanted.
 */
import { writeDumpFolder } from '../dataset/sample/dump/folder.ts'
import type { WikiPage } from '../dataset/sample/dump/page.ts'
import { share } from '../dataset/sample/writing/chance.ts'
import { type SampleWiki, writeSample } from '../dataset/sample/writing/wiki.ts'
import { Randomness } from '../model/randomness.ts'

const dates = ['20260901', '20261001'] as const
/** More than the sample's greatest id. */
const idsOfACopy = 100_000_000

const [, script, folder, times = '100', changed] = process.argv
if (script?.endsWith('synthetic-dump.ts')) {
  if (folder === undefined) throw new Error('usage: synthetic-dump.ts DIR [TIMES] [SHARE]')
  writeSyntheticDumps(folder, Number(times), changed === undefined ? undefined : Number(changed))
}

type Names = ReadonlyMap<string, string>

/**
 * @param changedShare of the pages of the second dump, 0 to 1; without it there is no second dump.
 * @param articleBytes of wikitext that each article has at least; 0 leaves them as they are.
 */
export function writeSyntheticDumps(folder: string, times: number, changedShare?: number, articleBytes = 0): void {
  const wikis = writeSample().wikis.map((sample) => ({ ...sample, editions: lengthened(sample, articleBytes) }))
  const names = Array.from({ length: times }, (_, copy) => {
    return new Map(wikis.map(({ wiki, editions }) => [wiki.slice(0, 2), namesOf(editions, copy)]))
  })
  for (const { wiki, editions } of wikis) {
    const language = wiki.slice(0, 2)
    const [first, second] = editions.map((pages) =>
      names.flatMap((ofCopy, copy) =>
        copy === 0
          ? pages
          : pages.flatMap((page) => (page.namespace === 0 ? [renamed(page, language, ofCopy, copy)] : [])),
      ),
    ) as [WikiPage[], WikiPage[]]
    write(folder, wiki, dates[0], first)
    if (changedShare !== undefined) write(folder, wiki, dates[1], edited(first, second, changedShare, wiki))
  }
}

function write(folder: string, wiki: SampleWiki['wiki'], date: string, pages: readonly WikiPage[]): void {
  const bytes = writeDumpFolder(folder, { wiki, date, pages, random: ({ id }) => share(`${wiki}/${id}/random`) })
  console.error(`${wiki} ${date}: ${pages.length} pages, ${bytes} bytes`)
}

/** The same sections for a page of both dumps, so that what has not changed is the same again. */
function lengthened({ wiki, editions }: SampleWiki, articleBytes: number): SampleWiki['editions'] {
  const [first, second] = editions
  const sections = first.flatMap((page) => (isArticle(page) ? sectionsOf(page) : []))
  const longer = (page: WikiPage): WikiPage => {
    if (!isArticle(page)) return page
    const random = new Randomness(Math.floor(share(`${wiki}/${page.id}/longer`) * 2 ** 32))
    let { text } = page
    while (Buffer.byteLength(text) < articleBytes) text += `\n\n${sections[random.below(sections.length)]}`
    return { ...page, text }
  }
  return [first.map(longer), second.map(longer)]
}

function isArticle({ namespace, redirect }: WikiPage): boolean {
  return namespace === 0 && redirect === undefined
}

/** Those of prose and lists: neither the lead, nor what ends with references or categories. */
function sectionsOf({ text }: WikiPage): string[] {
  const [, ...sections] = text.split(/\n(?=== )/)
  return sections.map((section) => section.trim()).filter((section) => !/\{\{|\[\[[^\]|]+:/.test(section))
}

/** Another name for each title of both dumps, the same in both; never one that is taken. None for the first copy, the sample itself. */
function namesOf(editions: SampleWiki['editions'], copy: number): Names {
  const names = new Map<string, string>()
  if (copy === 0) return names
  const random = new Randomness(copy)
  const taken = new Set(editions.flat().map(({ title }) => title))
  for (const { title, namespace } of editions.flat()) {
    if (namespace !== 0 || names.has(title)) continue
    let name = title.replace(/\p{L}+/gu, (word) => reordered(word, random))
    for (let n = 0; taken.has(name); n++) name = n === 0 ? `${name} ${copy}` : `${name}.${n}`
    taken.add(name)
    names.set(title, name)
  }
  return names
}

function reordered(word: string, random: Randomness): string {
  const letters = random.shuffled([...word.toLowerCase()]).join('')
  return /^\p{Lu}/u.test(word) ? letters.charAt(0).toUpperCase() + letters.slice(1) : letters
}

function renamed(page: WikiPage, language: string, names: ReadonlyMap<string, Names>, copy: number): WikiPage {
  const own = names.get(language)!
  const nameOf = (title: string) => own.get(title) ?? own.get(title.charAt(0).toUpperCase() + title.slice(1)) ?? title
  const text = page.text
    .replace(/(\[\[)([^\]|#]+)/g, (_, open: string, title: string) => open + nameOf(title))
    .replace(/(''')([^']+)(''')/g, (_, open: string, title: string, close: string) => open + nameOf(title) + close)
  const langlinks = Object.entries(page.langlinks).map(([code, title]) => [code, names.get(code)?.get(title) ?? title])
  return {
    ...page,
    id: page.id + copy * idsOfACopy,
    revision: { ...page.revision, id: page.revision.id + copy * idsOfACopy },
    title: nameOf(page.title),
    text,
    langlinks: Object.fromEntries(langlinks),
    ...(page.redirect && { redirect: { ...page.redirect, title: nameOf(page.redirect.title) } }),
  }
}

/** The pages of the second dump, more of them edited, by chance, until so many differ. */
function edited(
  first: readonly WikiPage[],
  second: readonly WikiPage[],
  changedShare: number,
  wiki: string,
): WikiPage[] {
  const revisions = new Map(first.map(({ id, revision, title }) => [id, `${revision.id} ${title}`]))
  const isSame = ({ id, revision, title }: WikiPage) => revisions.get(id) === `${revision.id} ${title}`
  const inDump = second.filter(({ inArticlesDump }) => inArticlesDump)
  const wanted = Math.round(changedShare * inDump.length) - inDump.filter((page) => !isSame(page)).length
  const chosen = inDump
    .filter((page) => isSame(page) && page.namespace === 0 && !page.redirect)
    .map(({ id }) => ({ id, chance: share(`${wiki}/${id}/edited`) }))
    .sort((a, b) => a.chance - b.chance)
    .slice(0, Math.max(0, wanted))
  const ids = new Set(chosen.map(({ id }) => id))
  return second.map((page) => (ids.has(page.id) ? editedOnce(page) : page))
}

function editedOnce(page: WikiPage): WikiPage {
  const { revision } = page
  return {
    ...page,
    text: `${page.text}\n\n${page.title} (${revision.timestamp.slice(0, 4)}).\n`,
    revision: {
      ...revision,
      id: revision.id + idsOfACopy / 2,
      parentId: revision.id,
      timestamp: '2026-09-15T00:00:00Z',
    },
  }
}
