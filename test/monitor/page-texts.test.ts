/** What the page says, it says in Korean and in English. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { serviceStates } from '../../monitor/sampling/view.ts'
import { pagesFolder } from '../../monitor/web/pages.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { serviceIds, topicNames } from '../../topology.ts'

type Texts = Readonly<Record<string, readonly string[]>>
const moduleOf = async <T>(name: string) => (await import(pathToFileURL(join(pagesFolder, name)).href)) as T
const { texts, states } = await moduleOf<{ texts: Texts; states: Texts }>('text.js')
const korean = await moduleOf<Record<'descriptions' | 'failures', Readonly<Record<string, string>>>>('korean.js')

const hangul = /[가-힣]/
/** Names that are written alike in both. */
const names = new Set(['cpu', 'bm25Hits'])

test('every text has an English and a Korean wording', () => {
  const faulty = Object.entries({ ...texts, ...states }).filter(([key, [english, inKorean = '', ...more]]) => {
    if (key === 'language') return false
    const isKorean = names.has(key) ? inKorean === english : hangul.test(inKorean)
    return !english || hangul.test(english) || !isKorean || more.length > 0
  })
  assert.deepEqual(faulty, [])
  assert.deepEqual(Object.keys(states).sort(), [...serviceStates].sort())
})

test('every text that a view asks for is there, and no other', () => {
  const files = ['app.js', 'charts.js', ...readdirSync(join(pagesFolder, 'views')).map((name) => join('views', name))]
  const source = files.map((file) => readFileSync(join(pagesFolder, file), 'utf8')).join('\n')
  const asked = [...source.matchAll(/\bt\('(\w+)'\)/g)].map(([, key = '']) => key)
  assert.ok(asked.length > 100)
  assert.deepEqual(
    asked.filter((key) => !(key in texts)),
    [],
  )
  // Kinds of records are texts under their own names.
  const named = `${source} seal withdrawal`
  assert.deepEqual(
    Object.keys(texts).filter((key) => !new RegExp(`\\b${key}\\b`).test(named)),
    [],
  )
})

test('every topic and service is described in Korean, and every error that is told so is one that there is', () => {
  assert.deepEqual(Object.keys(korean.descriptions).sort(), [...topicNames, ...serviceIds].sort())
  for (const text of Object.values({ ...korean.descriptions, ...korean.failures })) assert.match(text, hangul)
  const reference = readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8')
  const server = readFileSync(join(packageRoot, 'monitor', 'web', 'server.ts'), 'utf8')
  const unknown = Object.keys(korean.failures).filter((code) => !`${reference}${server}`.includes(code))
  assert.deepEqual(unknown, [])
})
