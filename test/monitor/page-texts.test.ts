/** What the page says, it says in Korean and in English. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { serviceStates } from '../../monitor/sampling/view.ts'
import { pagesFolder } from '../../monitor/web/pages.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { serviceIds, topicNames } from '../../topology.ts'

type Texts = Readonly<Record<string, readonly string[]>>
const moduleOf = async <T>(name: string) => (await import(pathToFileURL(join(pagesFolder, name)).href)) as T
const { texts, states } = await moduleOf<{ texts: Texts; states: Texts }>('text.js')
type Wordings = Readonly<Record<string, string>>
const { figures } = await moduleOf<{ figures: Texts }>('figures.js')
const { descriptions } = await moduleOf<{ descriptions: Wordings }>('korean.js')
const { failures } = await moduleOf<{ failures: Wordings }>('korean-errors.js')

const hangul = /[가-힣]/
/** Names that are written alike in both. */
const names = new Set(['cpu', 'bm25Hits'])

test('every text has an English and a Korean wording', () => {
  const faulty = Object.entries({ ...texts, ...states, ...figures }).filter(
    ([key, [english, inKorean = '', ...more]]) => {
      if (key === 'language') return false
      const isKorean = names.has(key) ? inKorean === english : hangul.test(inKorean)
      return !english || hangul.test(english) || !isKorean || more.length > 0
    },
  )
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

test('every topic and service is described in Korean', () => {
  assert.deepEqual(Object.keys(descriptions).sort(), [...topicNames, ...serviceIds].sort())
  for (const text of Object.values(descriptions)) assert.match(text, hangul)
})

/** The modules that a module loads, and theirs. */
function closureOf(module: string, found = new Set<string>()): Set<string> {
  if (found.has(module)) return found
  found.add(module)
  const text = readFileSync(join(packageRoot, module), 'utf8')
  for (const [, loaded = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g))
    closureOf(join(dirname(module), loaded), found)
  return found
}

test('every error that the page can show, of the monitor, of a retry and in a dead letter, is told in Korean, and no other', () => {
  const services = readdirSync(join(packageRoot, 'services')).map((folder) => join('services', folder, 'service.ts'))
  const modules = new Set<string>()
  // What the monitor itself runs, and what a retry does in a process of its own.
  for (const module of ['cli/commands/monitor.ts', 'cli/retry-process.ts', ...services]) closureOf(module, modules)
  assert.ok(modules.size > 400)
  const reference = readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8')
  const raised = reference
    .split('\n## ')
    .slice(1)
    .flatMap((section) => {
      const [code = ''] = section.split('\n')
      const places = [...section.matchAll(/`([^`]+\.ts)`/g)].map(([, place = '']) => place)
      return places.some((place) => modules.has(place)) ? [code.trim()] : []
    })
  assert.ok(raised.length > 200)
  const untold = raised.filter((code) => !(code in failures))
  // Before its first look the monitor tells a word of its own.
  const unknown = Object.keys(failures).filter((code) => code !== 'STARTING' && !raised.includes(code))
  assert.deepEqual({ untold, unknown }, { untold: [], unknown: [] })
  for (const text of Object.values(failures)) assert.match(text, hangul)
})
