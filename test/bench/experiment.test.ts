import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { englishName, koreanName, type Pair, readPairs, samplePairs, splitPairs } from '../../bench/experiment/pairs.ts'
import { baselinesFor, retrieve, tasksOf } from '../../bench/experiment/retrieval.ts'
import { readSettings, trainingSettingsOf } from '../../bench/experiment/settings.ts'
import { packageRoot } from '../../runtime/package-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-experiment-'))
after(() => rmSync(folder, { recursive: true }))

const syllables = Object.entries({
  가: 'ga',
  노: 'no',
  두: 'du',
  리: 'ri',
  마: 'ma',
  보: 'bo',
  수: 'su',
  지: 'ji',
  한: 'han',
  톤: 'ton',
})
/** A thousand made-up names of three syllables, and words that no spelling tells. */
const names: readonly Pair[] = syllables.flatMap(([ko1, en1]) =>
  syllables.flatMap(([ko2, en2]) =>
    syllables.map(([ko3, en3]): Pair => ({ ko: ko1 + ko2 + ko3, en: en1 + en2 + en3, kind: 'name' })),
  ),
)
const words: readonly Pair[] = [
  { ko: '물', en: 'water', kind: 'word' },
  { ko: '달', en: 'moon', kind: 'word' },
]

writeFileSync(join(folder, 'wikidata-names.en-ko.tsv'), names.map(({ ko, en }) => `${en}\t${ko}\n`).join(''))
writeFileSync(join(folder, 'kengdic-6000.short.ko-en.tsv'), words.map(({ ko, en }) => `${ko}\t${en}\n`).join(''))

test('the columns of both files are read the right way round', () => {
  assert.deepEqual(readPairs(folder), [...names, ...words])
  assert.equal(readPairs(join(folder, 'elsewhere')), undefined)
})

test('no surface of a held-out pair, however spelled, occurs on another side', () => {
  const spelled = [
    ...names,
    { ko: '가가가', en: 'Ga-Ga Ga', kind: 'name' } as const,
    { ko: '가 가가', en: 'gagaga', kind: 'name' } as const,
  ]
  const { train, val, test } = splitPairs(spelled)
  assert.equal(train.length + val.length + test.length, spelled.length)
  assert.ok(val.length > 20 && test.length > 20 && train.length > 850)
  const surfaces = [train, val, test].map(
    (side) => new Set(side.flatMap(({ ko, en }) => [koreanName(ko), englishName(en)])),
  )
  for (const [at, side] of surfaces.entries()) {
    for (const other of surfaces.slice(at + 1)) assert.ok([...side].every((surface) => !other.has(surface)))
  }
})

test('a sample is the same whatever the order of the pairs', () => {
  assert.deepEqual(samplePairs(names, 50), samplePairs([...names].reverse(), 50))
})

test('the pool holds every answer, is filled up by others, and any translation of a query is right', () => {
  const asked: Pair[] = [
    { ko: '배', en: 'ship', kind: 'word' },
    { ko: '배', en: 'pear', kind: 'word' },
  ]
  const [there, back] = tasksOf(asked, names, 12)
  assert.deepEqual(there!.pool.slice(0, 2), ['ship', 'pear'])
  assert.equal(there!.pool.length, 12)
  assert.deepEqual(there!.queries, [{ text: '배', kind: 'word', relevant: new Set([0, 1]) }])
  assert.deepEqual(
    back!.queries.map(({ text }) => text),
    ['ship', 'pear'],
  )
})

test('of the baselines only the dictionary knows the training pairs, and only the skeleton a sound', () => {
  const [task] = tasksOf([...names.slice(0, 5), ...words], names, 40)
  const scorers = baselinesFor(task!, words)
  const hits = (name: keyof typeof scorers, stratum: 'name' | 'word') => retrieve(task!, scorers[name])[stratum].hitAt1
  assert.equal(hits('bm25', 'name') + hits('bm25', 'word'), 0)
  assert.deepEqual([hits('dictionary-bm25', 'word'), hits('dictionary-bm25', 'name')], [1, 0])
  // 가가가 and 가가노 … of one skeleton share their rank: some of the five are first all the same.
  assert.ok(hits('skeleton', 'name') > 0)
})

test('the settings of the repository are valid, and a change reaches the training', () => {
  const file = join(packageRoot, 'config', 'experiment_10k.yaml')
  assert.equal(readSettings(file, []).pairs, 10_000)
  const changed = readSettings(file, ['pairs=all', 'steps=200', 'losses.gammaSparsity=0.5'])
  const { losses, optimiser } = trainingSettingsOf(changed)
  assert.deepEqual(
    [changed.pairs, losses.gammaSparsity, losses.sparsityWarmupSteps, optimiser.totalSteps],
    ['all', 0.5, 60, 200],
  )
  assert.throws(() => readSettings(file, ['losses.gamma=1']), { code: 'EXPERIMENT_SETTINGS' })
})

test('the command learns to spell unseen names, and its last line, its figures and its page agree', () => {
  const out = join(folder, 'out')
  const changes = [
    'batch.examples=64',
    'network.hiddenSize=32',
    'network.feedForwardSize=64',
    'batch.queryLengths=[12]',
    'pool=300',
    'validations=2',
    'validationPairs=40',
    'optimiser.learningRate=0.01',
    'letterGrams=200',
    'threads=1',
  ]
  const args = [
    '--data',
    folder,
    '--out',
    out,
    '--seeds',
    '1,2',
    '--steps',
    '120',
    ...changes.flatMap((change) => ['--set', change]),
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/experiment.ts', ...args], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const line = JSON.parse(stdout.trim().split('\n').at(-1)!)
  assert.deepEqual(line, JSON.parse(readFileSync(join(out, 'figures.json'), 'utf8')))
  assert.deepEqual(
    line.seeds.map(({ seed, steps, curve }: { seed: number; steps: number; curve: unknown[] }) => [
      seed,
      steps,
      curve.length,
    ]),
    [
      [1, 120, 2],
      [2, 120, 2],
    ],
  )
  for (const { retrieval, exportDifference, waitingShare } of line.seeds) {
    assert.ok(retrieval['ko→en'].name.hitAt1 > 0.5, `${retrieval['ko→en'].name.hitAt1}`)
    assert.ok(exportDifference <= 1e-4)
    assert.ok(waitingShare >= 0 && waitingShare < 1, `${waitingShare}`)
  }
  const page = readFileSync(join(out, 'report.html'), 'utf8')
  assert.equal(page.match(/<svg/g)?.length, 3)
  assert.match(page, /model, seed 2/)
})

test('a folder without the data is refused with a hint', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'bench/experiment.ts', '--data', join(folder, 'none')], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  assert.equal(run.status, 2)
  assert.match(run.stderr, /--data/)
})
