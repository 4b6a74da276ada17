/**
 * A dump many times the sample's size: its articles again and again under other names. A name is another order of the letters of the sample's, the
 * same wherever the name stands (titles, links, redirects, leads, tables), so each copy is a little encyclopedia of its own.
 *
 *   node --import tsx bench/synthetic-dump.ts DIR [TIMES]
 *
 * Writes DIR/20260901/kowiki and enwiki, to be given as --ko and --en; TIMES is 100 where absent, which wants 8 GB of memory and
 * NODE_OPTIONS=--max-old-space-size=8192. The same bytes each time. Needs bzip2.
 */
import { writeDumpFolder } from '../dataset/sample/dump/folder.ts'
import type { WikiPage } from '../dataset/sample/dump/page.ts'
import { share } from '../dataset/sample/writing/chance.ts'
import { writeSample } from '../dataset/sample/writing/wiki.ts'
import { Randomness } from '../model/randomness.ts'

const date = '20260901'
/** More than the sample's greatest id. */
const idsOfACopy = 100_000_000

const [, , folder, times = '100'] = process.argv
if (folder === undefined) throw new Error('usage: synthetic-dump.ts DIR [TIMES]')

type Names = ReadonlyMap<string, string>

const { wikis } = writeSample()
const firsts = wikis.map(({ wiki, editions }) => ({ wiki, pages: editions[0] }))
const copies = new Map<string, WikiPage[]>(firsts.map(({ wiki, pages }) => [wiki, [...pages]]))
for (let copy = 1; copy < Number(times); copy++) {
  const names = new Map(firsts.map(({ wiki, pages }) => [wiki.slice(0, 2), namesOf(pages, copy)]))
  for (const { wiki, pages } of firsts) {
    const own = pages
      .filter(({ namespace }) => namespace === 0)
      .map((page) => renamed(page, wiki.slice(0, 2), names, copy))
    for (const page of own) copies.get(wiki)!.push(page)
  }
}
for (const { wiki } of firsts) {
  const pages = copies.get(wiki)!
  const bytes = writeDumpFolder(folder, { wiki, date, pages, random: ({ id }) => share(`${wiki}/${id}/random`) })
  console.log(`${wiki}: ${pages.length} pages, ${bytes} bytes`)
}

/** Another name for each title; never one that is taken. */
function namesOf(pages: readonly WikiPage[], copy: number): Names {
  const random = new Randomness(copy)
  const taken = new Set(pages.map(({ title }) => title))
  const names = new Map<string, string>()
  for (const { title, namespace } of pages) {
    if (namespace !== 0) continue
    let name = title.replace(/\p{L}+/gu, (word) => reordered(word, random))
    if (taken.has(name)) name = `${name} ${copy}`
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
