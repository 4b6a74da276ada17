import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { figuresOf, textsFoundIn, verdictsOnRealNames } from '../../bench/real-names/judged.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { Article } from '../../schemas/types.ts'
import { runStages } from '../pipeline/stages.ts'

/** The pipeline on real pages: lone articles files without tables, and the existing list of the plan. */
const shared = join(packageRoot, '..', 'shared', 'data')
const korean = join(shared, 'wiki-dumps', 'kowiki-berlin.xml.bz2')
const english = join(shared, 'wiki-dumps', 'enwiki-206pages.xml.bz2')
const list = join(shared, 'seed-synonyms', 'enhanced_synonyms.json')
const missing = [korean, english, list].filter((file) => !existsSync(file))
const skip = missing.length > 0 && `real data is absent: ${missing.join(', ')}`
const root = mkdtempSync(join(tmpdir(), 'naru-real-'))
after(() => rmSync(root, { recursive: true, force: true }))

before(async () => {
  if (skip) return
  await runStages({
    out: root,
    targets: ['article-writer', 'synonym-writer'],
    inputs: [
      { language: 'ko', location: korean },
      { language: 'en', location: english },
    ],
    settings: { 'list-reader': { files: [list] } },
  })
})

function articleOf(language: string, title: string): Article {
  const lines = readFileSync(join(root, `wikipedia/${language}_articles.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
  const article = lines.map((line): Article => JSON.parse(line)).find((one) => one.title === title)
  assert.ok(article, title)
  return article
}

test('베를린 comes out of the run with its revision, its first sentence and its links', { skip }, () => {
  const berlin = articleOf('ko', '베를린')
  assert.deepEqual([berlin.wiki, berlin.pageId, berlin.revisionId], ['kowiki', 95091, 29996904])
  assert.match(berlin.lead, /^베를린\(Berlin\)은 독일의 수도이다\./)
  assert.ok(berlin.links.some(({ target }) => target === '브란덴부르크의 프리드리히 빌헬름'))
})

test('Albert Einstein comes out of the run with its revision, a known sentence and a known link', { skip }, () => {
  const einstein = articleOf('en', 'Albert Einstein')
  assert.deepEqual([einstein.pageId, einstein.revisionId], [736, 716825343])
  assert.match(einstein.lead, /was a German-born theoretical physicist/)
  assert.ok(einstein.links.some(({ target }) => target === 'Theoretical physicist'))
  assert.equal(articleOf('en', 'AccessibleComputing').redirect?.target, 'Computer accessibility')
})

test('the existing list is merged, with the line that each translation stands on', { skip }, () => {
  const pairs: { korean: string; english: string; source: string; evidence: { pageId: number }[] }[] = JSON.parse(
    readFileSync(join(root, 'synonyms/combined_synonyms.json'), 'utf8'),
  )
  const entries: Record<string, string[]> = JSON.parse(readFileSync(list, 'utf8'))
  const [term, translations] = Object.entries(entries)[0]!
  const pair = pairs.find((one) => one.korean === term && translations.includes(one.english))
  assert.equal(pair?.source, 'existing_list')
  const line = readFileSync(list, 'utf8').split('\n')[pair.evidence[0]!.pageId - 1]
  assert.ok(line?.includes(pair.english))
})

test('names of real pages were judged, each rule is as right as it was, and misses no more', { skip }, async () => {
  const leastPrecision: Readonly<Record<string, number>> = {
    anchor: 0.77,
    bold: 0.96,
    gloss: 0.85,
    infobox: 1,
    redirect: 0.68,
  }
  for (const { rule, precision, unjudged, missed } of figuresOf(
    await textsFoundIn(root, ['ko', 'en']),
    verdictsOnRealNames(),
  )) {
    assert.ok(precision >= (leastPrecision[rule] ?? 1), `${rule} ${precision}`)
    assert.equal(unjudged, 0, rule)
    assert.ok(missed <= 1, `${rule} ${missed}`)
  }
})
