import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { explicitRule, losesItsName } from '../../dictionary/solr.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { Synonym } from '../../schemas/types.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { drive, incoming } from '../services/drive.ts'
import { pairOf, synonymOf } from '../services/events.ts'
import { skipWithout } from './servers.ts'

/** The rules for search engines, as Lucene's own parser and synonym_graph filter read them. */
const skip = skipWithout('javac', 'mvn')
const folder = mkdtempSync(join(tmpdir(), 'naru-lucene-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Pairs = readonly (readonly [korean: string, english: string])[]

/** Writes the rules of pairs that are all sure; returns the file. */
async function rulesOf(name: string, pairs: Pairs): Promise<string> {
  const synonyms = pairs.map(([korean, english]): Synonym => synonymOf(pairOf(korean, english)))
  await drive(
    folder,
    synonymWriter,
    synonyms.map((synonym) => incoming('synonyms', synonym)),
    { settings: { folder: name } },
  )
  return join(folder, name, 'opensearch_synonyms.txt')
}

/** All the ways in which an analyser with the synonyms reads each text. */
async function readings(file: string, analyser: string, texts: readonly string[]): Promise<string[][]> {
  const script = join(packageRoot, 'test', 'integration', 'lucene', 'lucene.sh')
  const child = spawn(script, ['run', file, analyser], { stdio: ['pipe', 'pipe', 'pipe'] })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.on('error', () => undefined).end(`${texts.join('\n')}\n`)
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  assert.equal(code, 0, Buffer.concat(err).toString())
  return Buffer.concat(out)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line): string[] => JSON.parse(line))
}

test('commas, arrows, backslashes and hashes are letters of terms to Lucene', { skip }, async () => {
  const pairs: Pairs = [
    ['워싱턴', 'Washington, D.C.'],
    ['함의', 'a => b'],
    ['경로', 'C:\\Temp\\'],
    ['번호', '#hashtag'],
    ['주석, 둘', 'two\\,three'],
    ['줄\n바꿈', 'line\nbreak'],
  ]
  const file = await rulesOf('marks', pairs)
  const kept = pairs.filter(([, english]) => !losesItsName(english))
  assert.deepEqual(
    kept.map(([korean]) => korean),
    ['워싱턴', '경로', '주석, 둘', '줄\n바꿈'],
    'an arrow and a hash are symbols that tokenizers drop',
  )
  const texts = kept.flat().map((name) => name.replace('\n', ' '))
  assert.deepEqual(
    await readings(file, 'whitespace', texts),
    kept.flatMap((pair) => Array(2).fill(pair.map((name) => name.toLowerCase().replace('\n', ' ')).sort())),
  )
})

test('terms of several words stand for one another inside of a text', { skip }, async () => {
  const file = await rulesOf('words', [
    ['인공 지능', 'artificial intelligence'],
    ['배', 'ship'],
    ['배', 'pear'],
  ])
  const [english, korean, ship] = await readings(file, 'standard', ['an Artificial Intelligence lab', '배', 'ship'])
  assert.deepEqual(english, ['an artificial intelligence lab', 'an 인공 지능 lab'])
  assert.deepEqual(korean, ['pear', 'ship', '배'])
  assert.deepEqual(ship, ['ship', '배'], 'a ship is no pear, though one Korean word is both')
})

test('whatever the letters of its terms, a rule is what Lucene reads', { skip }, async () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc가나,\\=>#.'), minLength: 1, maxLength: 6 })
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
  // The number makes each term another, so that what is expected can be said without the code under test.
  const pairs = fc
    .sample(fc.tuple(name, name), { numRuns: 400, seed: 20261126 })
    .map(([left, right], at): [string, string] => [`${left}ㄱ${at}`, `${right}z${at}`])
  const file = join(folder, 'drawn.txt')
  writeFileSync(file, pairs.map(([term, translation]) => `${explicitRule([term], [term, translation])}\n`).join(''))
  assert.deepEqual(
    await readings(
      file,
      'whitespace',
      pairs.map(([term]) => term),
    ),
    pairs.map((pair) => pair.map((text) => text.toLowerCase()).sort()),
  )
})

test('nori without compounds beside their parts takes the rules, and bridges the spacing of Korean', {
  skip,
}, async () => {
  const file = await rulesOf('nori', [
    ['인공지능', 'artificial intelligence'],
    ['가나 공화국', 'Ghana'],
  ])
  const [spaced, country] = await readings(file, 'nori-discard', ['인공 지능', 'Ghana'])
  assert.deepEqual(spaced, ['artificial intelligence', '인공 지능'])
  assert.deepEqual(country, ['ghana', '가나 공화 국'])
  // What docs/synonyms.md warns of.
  await assert.rejects(readings(file, 'nori-mixed', ['인공 지능']), /position increment != 1/)
})

test('the file says in comments what it is, and they are none of its rules', { skip }, async () => {
  const file = await rulesOf('comments', [['물', 'water']])
  assert.match(readFileSync(file, 'utf8'), /^# .*\n# .*\n물 => 물, water\nwater => water, 물\n$/)
  assert.deepEqual(await readings(file, 'whitespace', ['# Korean-English', '물']), [
    ['# korean-english'],
    ['water', '물'],
  ])
})
