/** The promise of the splits, over dumps that follow one another: no cluster changes its side, merged ones go to train. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { foldTitle } from '../../language/title.ts'
import { ConfigError } from '../../runtime/errors.ts'
import type { Split, Synonym, SynonymPair } from '../../schemas/types.ts'
import type { ClusterLine } from '../../services/08-synonym-splitter/cluster-file.ts'
import synonymSplitter from '../../services/08-synonym-splitter/service.ts'
import { drive, incoming } from './drive.ts'
import { pairOf } from './events.ts'

interface Dump {
  readonly synonyms: readonly Synonym[]
  readonly withdrawn: readonly string[]
  readonly lines: readonly ClusterLine[]
}

/** Even odds, so that a change of side shows. */
const shares = { valShare: 0.25, testShare: 0.25 }

/** Splits one dump after another, each with the clusters of the one before. */
async function splitDumps(dumps: readonly (readonly SynonymPair[])[], settings = {}): Promise<Dump[]> {
  const folder = mkdtempSync(join(tmpdir(), 'naru-splits-'))
  try {
    const results: Dump[] = []
    for (const [number, pairs] of dumps.entries()) {
      const earlier = number === 0 ? null : `earlier-${number}.jsonl`
      const events = pairs.map((pair) => incoming('synonym-pairs', pair))
      const driven = await drive(folder, synonymSplitter, events, { settings: { ...shares, ...settings, earlier } })
      const written = join(folder, 'synonyms', 'clusters.jsonl')
      const lines = readFileSync(written, 'utf8').split('\n').filter(Boolean)
      results.push({
        synonyms: driven.events('synonyms'),
        withdrawn: driven.withdrawn,
        lines: lines.map((line): ClusterLine => JSON.parse(line)),
      })
      renameSync(written, join(folder, `earlier-${number + 1}.jsonl`))
    }
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Korean page k links to English page e, and both bear some of a few names. */
interface Link {
  readonly korean: number
  readonly english: number
  readonly alias: number
}

function pairsOf(links: readonly Link[]): SynonymPair[] {
  const pairs = new Map<string, SynonymPair>()
  for (const { korean, english, alias } of links) {
    const pages: [string, string] = [`쪽${korean}`, `Page ${english}`]
    const page = { pageId: korean + 1 }
    for (const pair of [pairOf(...pages), pairOf(`이름${alias}`, pages[1], pages, 'redirect')]) {
      const evidence = pair.evidence.map((one) => ({ ...one, ...page }))
      const known = pairs.get(pair.pairKey)
      pairs.set(pair.pairKey, {
        ...pair,
        evidence: [...(known?.evidence ?? []), ...evidence],
        senses: [...(known?.senses ?? []), ...pair.senses],
      })
    }
  }
  return [...pairs.values()]
}

const link = fc.record({ korean: fc.nat(12), english: fc.nat(12), alias: fc.nat(8) })
const dumps = fc.array(fc.uniqueArray(link, { maxLength: 14, selector: (one) => JSON.stringify(one) }), {
  minLength: 2,
  maxLength: 4,
})

function* groupsOf(lines: readonly ClusterLine[]) {
  const groups = new Map<string, { split: Split; merged: readonly string[]; names: Set<string> }>()
  for (const line of lines) {
    const known = groups.get(line.group) ?? { split: line.split, merged: line.merged ?? [], names: new Set() }
    for (const name of line.names) known.names.add(name)
    groups.set(line.group, known)
  }
  yield* groups.values()
}

test('over any dumps that follow one another, no cluster changes its side, and only merged ones go to train', async () => {
  await fc.assert(
    fc.asyncProperty(dumps, async (history) => {
      const results = await splitDumps(history.map(pairsOf))
      for (const [number, { lines }] of results.entries()) {
        const before = new Map<string, ClusterLine>()
        for (const line of results[number - 1]?.lines ?? []) for (const name of line.names) before.set(name, line)
        for (const { split, merged, names } of groupsOf(lines)) {
          const earlier = new Map(
            [...names].flatMap((name): [string, Split][] => {
              const line = before.get(name)
              return line ? [[line.group, line.split]] : []
            }),
          )
          if (earlier.size === 1) assert.deepEqual([split, merged], [[...earlier.values()][0], []])
          if (earlier.size > 1) assert.deepEqual([split, [...merged].sort()], ['train', [...earlier.keys()].sort()])
        }
      }
    }),
    { numRuns: 25, seed: 20261126 },
  )
})

test('over any dumps that follow one another, no surface is on two sides', async () => {
  await fc.assert(
    fc.asyncProperty(dumps, async (history) => {
      for (const { synonyms } of await splitDumps(history.map(pairsOf))) {
        const sides = new Map<string, Split>()
        for (const { left, right, split } of synonyms) {
          for (const { surface } of [left, right]) {
            const name = foldTitle(surface)
            assert.equal(sides.get(name) ?? split, split, name)
            sides.set(name, split)
          }
        }
      }
    }),
    { numRuns: 25, seed: 20261127 },
  )
})

test('the same dump again changes nothing and withdraws nothing', async () => {
  await fc.assert(
    fc.asyncProperty(dumps, async ([first]) => {
      const [once, twice] = await splitDumps([pairsOf(first!), pairsOf(first!)])
      assert.deepEqual(twice, once)
    }),
    { numRuns: 10, seed: 20261128 },
  )
})

const seoul: Link = { korean: 1, english: 1, alias: 1 }
const busan: Link = { korean: 2, english: 2, alias: 2 }

/** A seed under which the two links fall on these sides by themselves. */
async function seedFor(first: Split, second: Split): Promise<number> {
  for (let seed = 0; seed < 200; seed++) {
    const [{ synonyms }] = (await splitDumps([pairsOf([seoul, busan])], { seed })) as [Dump]
    const sideOf = (title: string) => synonyms.find(({ left }) => left.title === title)?.split
    if (sideOf('쪽1') === first && sideOf('쪽2') === second) return seed
  }
  throw new Error('no such seed')
}

test('a test cluster that meets another goes to train, and the line of it names both', async () => {
  const seed = await seedFor('test', 'val')
  const [apart, together] = (await splitDumps([pairsOf([seoul, busan]), pairsOf([seoul, { ...busan, alias: 1 }])], {
    seed,
  })) as [Dump, Dump]
  assert.deepEqual(new Set(together.synonyms.map(({ split }) => split)), new Set(['train']))
  assert.deepEqual(together.lines[0]?.merged, [...new Set(apart.lines.map(({ group }) => group))].sort())
})

test('a test cluster that gains a name, or loses one, or whose pages are renamed, stays in test', async () => {
  const seed = await seedFor('test', 'train')
  const renamed = pairsOf([seoul]).map((pair) => ({
    ...pair,
    pairKey: `새${pair.pairKey}`,
    left: { ...pair.left, surface: `새${pair.left.surface}` },
    right: { ...pair.right, surface: `New ${pair.right.surface}` },
    evidence: pair.evidence.map((one) => ({ ...one, leftTitle: '새 쪽', rightTitle: 'New page' })),
    senses: pair.senses.map((sense) => ({ ...sense, leftTitle: '새 쪽', rightTitle: 'New page' })),
  }))
  for (const later of [pairsOf([seoul, { ...seoul, alias: 5 }]), pairsOf([seoul]).slice(0, 1), renamed]) {
    const [, { synonyms }] = (await splitDumps([pairsOf([seoul]), later], { seed })) as [Dump, Dump]
    assert.deepEqual(new Set(synonyms.map(({ split }) => split)), new Set(['test']))
  }
})

test('a cluster that was gone for a dump comes back on its side', async () => {
  const seed = await seedFor('test', 'train')
  const [, gone, back] = (await splitDumps([pairsOf([seoul, busan]), pairsOf([busan]), pairsOf([seoul, busan])], {
    seed,
  })) as [Dump, Dump, Dump]
  assert.equal(gone.lines.find(({ gone }) => gone)?.split, 'test')
  assert.equal(back.synonyms.find(({ left }) => left.title === '쪽1')?.split, 'test')
})

test('what the run before said and this one does not is withdrawn', async () => {
  const [first, second] = (await splitDumps([pairsOf([seoul, busan]), pairsOf([seoul])])) as [Dump, Dump]
  const busans = first.synonyms.filter(({ left }) => left.title === '쪽2')
  assert.deepEqual([...second.withdrawn].sort(), busans.map(({ pairKey, cluster }) => `${pairKey}:${cluster}`).sort())
})

test('a new group of very many clusters is put into train', async () => {
  const many = Array.from({ length: 12 }, (_, page): Link => ({ korean: page, english: page, alias: 1 }))
  for (let seed = 0; seed < 8; seed++) {
    const [{ synonyms }] = (await splitDumps([pairsOf(many)], { seed, maxHeldOutClusters: 11 })) as [Dump]
    assert.deepEqual(new Set(synonyms.map(({ split }) => split)), new Set(['train']))
  }
})

test('a file that holds no clusters, or that this run would overwrite, is refused', async (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'naru-splits-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const code = (error: unknown) => (error instanceof ConfigError ? error.code : String(error))
  const refusal = (earlier: string) => drive(folder, synonymSplitter, [], { settings: { earlier } }).catch(code)
  assert.equal(await refusal('synonyms/clusters.jsonl'), 'CLUSTERS_OVERWRITTEN')
  assert.equal(await refusal('missing.jsonl'), 'CLUSTERS_UNREADABLE')
})

test('a cluster of test that is given a letter for a name stays there, without that name', async () => {
  const seed = await seedFor('test', 'train')
  const letter = pairOf('쪽', 'Page 1', ['쪽1', 'Page 1'], 'redirect')
  const before = pairsOf([seoul, busan])
  const [first, second] = (await splitDumps([before, [...before, letter]], { seed })) as [Dump, Dump]
  assert.deepEqual(second.synonyms, first.synonyms)
})
