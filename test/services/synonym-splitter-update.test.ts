/** After an update by what has changed the splitter has said, and written, what it would of all pairs at once. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Incoming } from '../../runtime/service.ts'
import type { SynonymPair, SynonymRule } from '../../schemas/types.ts'
import synonymSplitter from '../../services/08-synonym-splitter/service.ts'
import { drive, incoming, withdrawn } from './drive.ts'
import { pairOf } from './events.ts'

type State = ReadonlyMap<string, SynonymPair>

/** Few names and few pages, so that most pairs are joined with others, and some of them too unsure. */
const statement = fc.record({
  name: fc.constantFrom('눈', '눈꽃', '설', '안구', '비'),
  translation: fc.constantFrom('Snow', 'Eye', 'C', 'Rain', 'Flake', 'Sight'),
  page: fc.nat(5),
  mate: fc.nat(5),
  rule: fc.constantFrom<SynonymRule>('langlink', 'redirect', 'existing'),
  confidence: fc.constantFrom(0.3, 0.9, 0.95),
})
type Statement = typeof statement extends fc.Arbitrary<infer S> ? S : never

/** Of some statements each dump has those that are not out; few go or come from one to the next. */
const history = fc
  .record({
    statements: fc.array(statement, { minLength: 4, maxLength: 12 }),
    toggles: fc.array(fc.array(fc.nat(11), { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 6 }),
  })
  .map(({ statements, toggles }) => {
    const out = new Set<number>()
    return toggles.map((numbers) => {
      for (const number of numbers) if (!out.delete(number % statements.length)) out.add(number % statements.length)
      return stateOf(statements.filter((_, at) => !out.has(at)))
    })
  })

function stateOf(statements: readonly Statement[]): State {
  const pairs = new Map<string, SynonymPair>()
  for (const { name, translation, page, mate, rule, confidence } of statements) {
    const pages: [string, string] = rule === 'existing' ? ['', ''] : [`쪽${page}`, `Page ${mate}`]
    const pair = pairOf(name, translation, pages, rule)
    const known = pairs.get(pair.pairKey)
    pairs.set(pair.pairKey, {
      ...pair,
      evidence: [...(known?.evidence ?? []), ...pair.evidence],
      senses: [...(known?.senses ?? []), ...pair.senses.map((sense) => ({ ...sense, confidence }))],
    })
  }
  return pairs
}

function changesBetween(before: State, now: State): Incoming[] {
  const gone = [...before.keys()].filter((key) => !now.has(key)).map((key) => withdrawn('synonym-pairs', key))
  const isNew = ([key, pair]: [string, SynonymPair]) => JSON.stringify(before.get(key)) !== JSON.stringify(pair)
  return [...gone, ...[...now].filter(isNew).map(([, pair]) => incoming('synonym-pairs', pair))]
}

const shares = { valShare: 0.25, testShare: 0.25, maxHeldOutClusters: 3 }

/** What stands on the topic, by key, after the run or the update. */
type Said = Map<string, string>

async function updatesAlikeRuns(states: readonly State[], isWithEarlier: boolean): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'naru-splitter-update-'))
  const [updated, fresh] = [join(root, 'updated'), join(root, 'fresh')]
  const output = join('synonyms', 'clusters.jsonl')
  try {
    const said: Said = new Map()
    let made: readonly string[] | undefined
    for (const [number, state] of states.entries()) {
      const earlier = isWithEarlier && number > 0 ? join(root, `earlier-${number}.jsonl`) : null
      if (earlier) copyFileSync(join(updated, output), earlier)
      const settings = { ...shares, earlier }
      const changes = changesBetween(states[number - 1] ?? new Map(), state)
      const update = await drive(updated, synonymSplitter, changes, { settings, ...(made && { made }) })
      made = update.made
      const keyOf = ({ pairKey, cluster }: { pairKey: string; cluster: string }) => `${pairKey}:${cluster}`
      for (const { value } of update.before.filter((one) => one.topic === 'synonyms')) {
        assert.equal(said.get(keyOf(value)), JSON.stringify(value), 'what is said to have been said has been')
        said.delete(keyOf(value))
      }
      for (const synonym of update.events('synonyms')) said.set(keyOf(synonym), JSON.stringify(synonym))

      const pairs = [...state.values()].map((pair) => incoming('synonym-pairs', pair))
      const run = await drive(fresh, synonymSplitter, pairs, { settings })
      assert.deepEqual(readFileSync(join(updated, output), 'utf8'), readFileSync(join(fresh, output), 'utf8'))
      const ofRun = run.events('synonyms').map((synonym) => [keyOf(synonym), JSON.stringify(synonym)])
      assert.deepEqual([...said].sort(), ofRun.sort())
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

for (const isWithEarlier of [false, true]) {
  test(`updates of any pairs are as runs on all of them, with sides ${isWithEarlier ? 'kept' : 'put anew'}`, async () => {
    await fc.assert(
      fc.asyncProperty(history, (states) => updatesAlikeRuns(states, isWithEarlier)),
      { numRuns: 25 },
    )
  })
}
