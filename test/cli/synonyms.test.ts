import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { drive, incoming } from '../services/drive.ts'
import { evidenceOf, pairOf, synonymOf } from '../services/events.ts'
import { naru } from './command-line.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-explain-'))
after(() => rmSync(out, { recursive: true, force: true }))

const titles = ['인공지능', 'Artificial intelligence'] as const

/** A dictionary in which one term has two pairs, one of them from an existing list, among others that sort around it. */
before(async () => {
  const linked = pairOf(...titles)
  const listed = pairOf('인공 지능', 'AI', ['', ''], 'existing')
  const synonyms = [
    synonymOf({
      ...linked,
      confidence: 0.99,
      evidence: [
        evidenceOf(...titles, { wiki: 'enwiki', pageId: 7, revisionId: 77, detail: 'mutual' }),
        evidenceOf(...titles, {
          rule: 'anchor',
          revisionId: 55,
          count: 12,
          share: 0.75,
          written: '인공지능은',
          offset: 3,
        }),
        evidenceOf(...titles, { rule: 'wikidata', wiki: 'wikidatawiki', pageId: 11660, revisionId: 0 }),
      ],
    }),
    synonymOf({
      ...listed,
      confidence: 0.8,
      evidence: [evidenceOf('', '', { rule: 'existing', wiki: 'file:list.tsv', pageId: 3, revisionId: 0 })],
    }),
    ...['인', '인공', '인공지능학', '😀', 'ﾊ', '힣'].map((name, at) => synonymOf(pairOf(name, `word ${at}`))),
    synonymOf(pairOf('DNA', 'DNA')),
  ]
  await drive(
    out,
    synonymWriter,
    synonyms.map((synonym) => incoming('synonyms', synonym)),
  )
})

const explain = (...args: readonly string[]) => naru(['synonyms', 'explain', ...args, '--out', out])

test('a term is explained by its pairs, the surest first, each with the pages, revisions and rules that say so', async () => {
  // Another spacing and width than the dictionary's.
  const { code, stdout, stderr } = await explain('인공　지능')
  assert.equal(stderr, '')
  assert.equal(code, 0)
  const [linked = '', listed = ''] = stdout.split('\n\n')
  assert.match(linked, /^인공지능 = Artificial intelligence\n {2}confidence 0\.99, train, cluster /)
  assert.match(
    linked,
    /langlink \(mutual\) .*인공지능 ↔ Artificial intelligence .*https:\/\/en\.wikipedia\.org\/w\/index\.php\?oldid=77/,
  )
  assert.match(linked, /anchor .*“인공지능은” 12× share 0\.75 +https:\/\/ko\.wikipedia\.org\/w\/index\.php\?oldid=55/)
  assert.match(linked, /wikidata .*https:\/\/www\.wikidata\.org\/wiki\/Q11660/)
  assert.match(listed, /^인공 지능 = AI\n/)
  assert.match(listed, /existing .*list\.tsv, line 3/)
})

test('where the articles of the run lie, the words around the evidence are shown', async () => {
  const { evidence } = JSON.parse((await explain('인공지능', '--json')).stdout).pairs[0]
  const { wiki, pageId, revisionId } = evidence.find(({ rule }: { rule: string }) => rule === 'anchor')
  const article = { wiki, language: 'ko', pageId, revisionId, lead: '약한 인공지능은 한 가지 일을 한다.', sections: [] }
  mkdirSync(join(out, 'wikipedia'))
  writeFileSync(join(out, 'wikipedia', 'ko_articles.jsonl'), `${JSON.stringify(article)}\n`)
  assert.match((await explain('인공지능')).stdout, /anchor: … 약한 \[인공지능은\] 한 가지 일을 한다\. …/)
  rmSync(join(out, 'wikipedia'), { recursive: true })
})

test('a term of the other language is explained likewise, as JSON where asked', async () => {
  const { code, stdout } = await explain('artificial INTELLIGENCE', '--json')
  assert.equal(code, 0)
  const { pairs, nearest } = JSON.parse(stdout)
  assert.deepEqual(nearest, [])
  assert.equal(pairs.length, 1)
  const [{ language, term, translation, evidence }] = pairs
  assert.deepEqual([language, term, translation], ['en', 'Artificial intelligence', '인공지능'])
  assert.deepEqual(evidence[0], {
    rule: 'langlink',
    pages: [...titles],
    count: 1,
    wiki: 'enwiki',
    pageId: 7,
    revisionId: 77,
    detail: 'mutual',
    address: 'https://en.wikipedia.org/w/index.php?oldid=77',
  })
})

test('every term that was written is found, whatever its letters sort like, and a pair of one spelling once', async () => {
  const found = await Promise.all(['😀', '힣', 'ハ'].map((term) => explain(term)))
  assert.deepEqual(
    found.map(({ stdout }) => stdout.split('\n')[0]),
    ['😀 = word 3', '힣 = word 5', 'ﾊ = word 4'],
  )
  const { stdout } = await explain('dna', '--json')
  assert.equal(JSON.parse(stdout).pairs.length, 1)
})

test('a term that no pair has is answered with the nearest, exit 1', async () => {
  const { code, stdout, stderr } = await explain('인공지느')
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, /TERM_UNKNOWN: no pair has the term 인공지느/)
  assert.match(stderr, /Nearest: 인공지능/)
  const asJson = await explain('인공지느', '--json')
  assert.equal(asJson.code, 1)
  const { pairs, nearest } = JSON.parse(asJson.stdout)
  assert.deepEqual([pairs, nearest[0]], [[], '인공지능'])
})

test('without a dictionary the way to make one is told, exit 2', async () => {
  const { code, stderr } = await naru(['synonyms', 'explain', '물', '--out', join(out, 'nowhere')])
  assert.equal(code, 2)
  assert.match(stderr, /DICTIONARY_MISSING.*\n.*terms\.tsv\n.*naru synonyms/)
})

test('the data card is written anew with what a review has found', async () => {
  const [file, review] = ['README.md', 'review.jsonl'].map((name) => join(out, 'synonyms', name)) as [string, string]
  const first = readFileSync(file, 'utf8')
  assert.match(first, /\| existing_list \|.*\| not judged \|/)
  writeFileSync(review, '{"source":"existing_list","verdict":"right"}\n')
  const { code, stdout, stderr } = await naru(['synonyms', 'card', '--out', out])
  assert.deepEqual([code, stdout], [0, `${file}\n`])
  assert.match(stderr, /the card of \d+ pairs, 1 judged right and 0 wrong$/m)
  const asJson = JSON.parse((await naru(['synonyms', 'card', '--out', out, '--json'])).stdout)
  assert.deepEqual([asJson.card, asJson.right, asJson.wrong], [file, 1, 0])
  assert.match(readFileSync(file, 'utf8'), /\| existing_list \|.*\| 1 \| 1\.000 \(/)
  rmSync(review)
  await naru(['synonyms', 'card', '--out', out])
  assert.equal(readFileSync(file, 'utf8'), first)
})

test('entries that were changed behind the index are told, not explained as others', async () => {
  const file = join(out, 'synonyms', 'combined_synonyms.json')
  const before = readFileSync(file, 'utf8')
  writeFileSync(file, before.replaceAll('인공지능', '인공지눙'))
  const { code, stderr } = await explain('인공지능')
  writeFileSync(file, before)
  assert.equal(code, 1)
  assert.match(stderr, /DICTIONARY_INDEX/)
})
