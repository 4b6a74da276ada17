import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { BadEventError } from '../../runtime/errors.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { languages, sisterPrefixes } from '../../wiki/language-data.ts'
import { languageOfWiki, normaliseTitle, siteOf } from '../../wiki/site.ts'
import { headerBytes, parseSiteinfo } from '../../wiki/siteinfo.ts'
import { imageOption } from '../../wiki/wikitext/image-options.ts'
import { functionMeaning, templateMeaning } from '../../wiki/wikitext/meanings.ts'
import { isSwitch } from '../../wiki/wikitext/switches.ts'
import { header, realFile } from './fixtures.ts'

test('the header of a dump is read with its namespaces', () => {
  const siteinfo = parseSiteinfo(header)
  assert.equal(siteinfo.dbname, 'kowiki')
  assert.equal(siteinfo.version, '0.11')
  assert.equal(siteinfo.language, 'ko')
  assert.deepEqual(siteinfo.namespaces.at(-1), { key: 14, case: 'first-letter', name: '분류' })
})

test('without <dbname> the wiki is told by its address', () => {
  assert.equal(parseSiteinfo(header.replace(/<dbname>.*<\/dbname>/, '')).dbname, 'kowiki')
})

test('a header without a wiki, or none, is SITEINFO_MALFORMED', () => {
  for (const xml of [
    '<html></html>',
    '<mediawiki>',
    header.replace(/<dbname>.*|<base>.*/g, ''),
    '<mediawiki><siteinfo></x>',
  ]) {
    assert.throws(
      () => parseSiteinfo(xml),
      (error) => error instanceof BadEventError && error.code === 'SITEINFO_MALFORMED',
    )
  }
})

test('real headers are read', async (t) => {
  const expected = {
    'aawiki-20260101-pages-meta-current': 'aawiki',
    'ltgwiki-2017-full': 'ltgwiki',
    'enwiki-206pages': 'enwiki',
  }
  for (const [name, wiki] of Object.entries(expected)) {
    const file = realFile(t, `${name}.xml.bz2`)
    if (file === undefined) return
    const bytes = await headerBytes(decompressRange(file))
    const siteinfo = parseSiteinfo(bytes?.toString('utf8') ?? '')
    assert.equal(siteinfo.dbname, wiki)
    assert.ok(siteinfo.namespaces.length > 20, `${siteinfo.namespaces.length} namespaces`)
  }
})

test('a header that names another wiki is overruled by the caller, and its namespaces stay valid', () => {
  const english = parseSiteinfo(header.replace('kowiki', 'enwiki').replace('파일', 'File').replace('분류', 'Category'))
  const site = siteOf(english, { wiki: 'kowiki' })
  assert.equal(site.language, 'ko')
  for (const name of ['파일', '그림', 'file', 'image']) assert.equal(site.namespaces.get(name), 6, name)
  assert.equal(site.namespaceNames.get(14), '분류')
  assert.equal(siteOf(english).language, 'en')
})

test('a wiki without language data works with its header and the English words', () => {
  const ltg = parseSiteinfo(header.replace('kowiki', 'ltgwiki').replace('파일', 'Fails'))
  const site = siteOf(ltg)
  assert.equal(site.namespaces.get('fails'), 6)
  assert.equal(site.namespaces.get('file'), 6)
  assert.equal(languageOfWiki('zh_min_nanwiki'), 'zh-min-nan')
})

test('titles are normalised as MediaWiki does', () => {
  const ko = siteOf(undefined, { wiki: 'kowiki' })
  const cases: [string, string, number, string][] = [
    ['albert_einstein', 'Albert einstein', 0, ''],
    [' 서울#역사 ', '서울', 0, '역사'],
    ['#각주', '', 0, '각주'],
    [':분류:대한민국의_도시', '분류:대한민국의 도시', 14, ''],
    ['category:도시', '분류:도시', 14, ''],
    ['그림:a.jpg', '파일:A.jpg', 6, ''],
    ['스타워즈: 새로운 희망', '스타워즈: 새로운 희망', 0, ''],
    ['ßa', 'ßa', 0, ''],
    ['e\u0301a', 'Éa', 0, ''],
  ]
  for (const [written, title, namespace, section] of cases) {
    assert.deepEqual(normaliseTitle(written, ko), { title, namespace, section }, written)
  }
})

/** What redirects to something that naru reads otherwise on purpose, or that only shares its name. */
const otherMeanings = new Set([
  'N/A',
  'N/a',
  "Visual Art's",
  'Cite',
  'Citation',
  'Basepagename',
  'SPA',
  '좌표도분초/상단',
])

test('a template of kowiki means what the template that it redirects to means', async (t) => {
  const file = realFile(t, 'kowiki-template-usage.txt.gz')
  if (file === undefined) return
  const site = siteOf(undefined, { wiki: 'kowiki' })
  const meaningOf = (name: string) => {
    const meaning = templateMeaning(name, site)
    return [meaning.kind, meaning.kind === 'inline' ? meaning.handler : '']
  }
  let known = 0
  for (const line of gunzipSync(await readFile(file))
    .toString('utf8')
    .split('\n')) {
    const [kind, from = '', to = ''] = line.split('|')
    const [name, target] = [from.slice('틀:'.length), to.slice('틀:'.length)]
    // Codes that a sport has used for a country in one year or another.
    if (kind !== 'r' || otherMeanings.has(name) || /^[A-Z]{3}$/m.test(`${name}\n${target}`)) continue
    assert.deepEqual(meaningOf(name), meaningOf(target), `${name} → ${target}`)
    if (templateMeaning(target, site).kind !== 'dropped') known++
  }
  assert.ok(known > 140, `${known} redirects lead to templates that are known`)
})

for (const [wiki, language] of [
  ['kowiki', 'ko'],
  ['enwiki', 'en'],
] as const) {
  test(`the language data of ${wiki} agree with its siteinfo`, async (t) => {
    const file = realFile(t, `${wiki}-siteinfo.xml`)
    if (file === undefined) return
    const xml = await readFile(file, 'utf8')
    const site = siteOf(undefined, { wiki })
    for (const [, id, name] of xml.matchAll(/<ns [^>]*?\bid="(-?\d+)"[^>]*>([^<]+)<\/ns>/g)) {
      if (name === undefined) continue
      assert.equal(site.namespaces.get(name.toLowerCase()), Number(id), name)
    }
    const aliasesOf = (word: string) => {
      const [, block = ''] =
        new RegExp(`<magicword name="${word}"[\\s\\S]*?<aliases>([\\s\\S]*?)</aliases>`).exec(xml) ?? []
      return [...block.matchAll(/>([^<]+)<\/alias>/g)].map(([, alias]) => alias)
    }
    assert.deepEqual(languages[language]?.redirectWords, aliasesOf('redirect'))
    for (const alias of aliasesOf('img_thumbnail')) {
      assert.ok(
        site.words.some(({ imageWords }) => imageWords.includes(alias ?? '')),
        alias,
      )
    }
    for (const name of [...xml.matchAll(/<magicword name="(img_\w+)"/g)].map(([, name = '']) => name)) {
      for (const alias of aliasesOf(name)) {
        assert.ok(imageOption(alias?.replace('$1', '3') ?? '', site) !== undefined, alias)
      }
    }
    const particles = ['Eul/Ruel', 'Eun/Neun', 'E/Ga', 'Gwa/Wa', 'A/Ya', 'Euro/Ro', 'E/']
    for (const alias of language === 'ko' ? particles.flatMap(aliasesOf) : []) {
      assert.equal(functionMeaning(`#${alias}`, site).kind, 'particle', alias)
    }
    for (const name of ['pagename', 'fullpagename', 'basepagename', 'subpagename', 'rootpagename']) {
      for (const alias of aliasesOf(name)) assert.equal(templateMeaning(alias ?? '', site).kind, 'pageName', alias)
    }
    for (const name of ['formatnum', 'lc', 'uc', 'lcfirst', 'ucfirst']) {
      for (const alias of aliasesOf(name)) {
        assert.equal(functionMeaning(alias?.replace(/:$/, '') ?? '', site).kind, 'argument', alias)
      }
    }
    const switches = [...xml.matchAll(/<alias>__(\w[^<]*)__<\/alias>/gu)]
    assert.ok(switches.length >= 20, `${switches.length} switches`)
    for (const [, alias = ''] of switches) assert.ok(isSwitch(alias, site), alias)
    const prefixes = [...xml.matchAll(/<iw [^>]*prefix="([^"]+)"[^>]*>/g)]
    for (const [tag, prefix = ''] of prefixes) {
      if (/ language="/.test(tag)) assert.ok(site.languagePrefixes.has(prefix), prefix)
    }
    assert.ok(sisterPrefixes.includes('wikt'))
  })
}
