import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { readCheckpoint } from '../../model/checkpoint.ts'
import { registry } from '../../runtime/metrics.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import trainer from '../../services/10-trainer/service.ts'
import { decisive, settings, trainingSettingsOf } from '../../services/10-trainer/settings.ts'
import { TrainingLog } from '../../services/10-trainer/training-log.ts'
import { drive, incoming, temporaryFolder, withdrawn } from './drive.ts'
import { exampleOf, pairOf, synonymOf } from './events.ts'

/** A model that trains in moments: six steps, two an epoch. */
const tiny = {
  model: { name: 'tiny', vocab_size: 200, hidden_size: 8, layers: 1, heads: 1, feed_forward_size: 8, max_length: 8 },
  training: {
    ...{ epochs: 3, batch_size: 4, query_lengths: [8], document_lengths: [8], threads: 1 },
    ...{ log_steps: 2, validation_steps: 4, checkpoint_steps: 2, keep_checkpoints: 2 },
  },
}
const words = ['물 water', '불 fire', '산 mountain', '강 river', '달 moon', '별 star', '말 horse']
const examples = words.map((pair, i): TrainingExample => {
  const [left = '', right = ''] = pair.split(' ')
  const set = { query: left, positiveDoc: `the ${right}`, negativeDocs: ['the sea'], synonymPairs: [{ left, right }] }
  return exampleOf(`c${i}`, { ...set, split: i < 6 ? 'train' : 'val' })
})

const train = (
  folder: string,
  of: readonly TrainingExample[],
  signal = new AbortController().signal,
  settings: Readonly<Record<string, unknown>> = tiny,
) =>
  drive(
    folder,
    trainer,
    of.map((example) => incoming('training-examples', example)),
    { settings, signal },
  )

/** A signal that is aborted when it is looked at for the n-th time. */
function abortedAt(look: number): AbortSignal {
  const controller = new AbortController()
  let looks = 0
  return Object.assign(controller.signal, {
    throwIfAborted: () => {
      if (++looks === look) controller.abort()
      AbortSignal.prototype.throwIfAborted.call(controller.signal)
    },
  })
}

const root = await mkdtemp(join(tmpdir(), 'naru-trainer-service-'))
after(() => rm(root, { recursive: true, force: true }))
/** Runs that several tests look at: one to its end, and one that is asked to stop before its fifth step. */
const [wholeRoot, stoppedRoot] = [join(root, 'whole'), join(root, 'stopped')]
const trained = train(wholeRoot, examples)
const stopped = train(stoppedRoot, examples, abortedAt(5))
stopped.catch(() => undefined)

const logIn = (folder: string) => readFile(join(folder, 'models/checkpoints/tiny/training.jsonl'), 'utf8')
const untimed = (log: string) => log.replaceAll(/"(samplesPerSecond|waitingShare|etaSeconds)":[^,}]+/g, '')
const checkpointOf = async (driven: ReturnType<typeof train>) => (await driven).events('checkpoints')[0]

test('a run ends with one checkpoint of all steps, and counts what it did not train on', async () => {
  const { events, dropped } = await trained
  const [checkpoint, ...others] = events('checkpoints')
  assert.deepEqual([others, dropped], [[], { held_out: 1 }])
  // Six examples in batches of four are two steps an epoch.
  assert.deepEqual([checkpoint?.model, checkpoint?.step], ['tiny', 6])
  assert.match(checkpoint?.address ?? '', /^models\/checkpoints\/tiny\/[0-9a-f]{16}\/step-00000006$/)
  assert.match(checkpoint?.sha256 ?? '', /^[0-9a-f]{64}$/)
  const hits = ['trainLeftToRightHitAt1', 'trainRightToLeftHitAt1', 'valLeftToRightHitAt1', 'valRightToLeftHitAt1']
  assert.deepEqual(Object.keys(checkpoint?.metrics ?? {}).sort(), ['activeTerms', ...hits])
  // Of one pair the only candidate is the right one.
  assert.equal(checkpoint?.metrics.valLeftToRightHitAt1, 1)
})

test('the log has the loss every so many steps, and the validations', async () => {
  await trained
  const lines = (await logIn(wholeRoot))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const at = (part: string) => lines.filter((line) => part in line).map(({ step }) => step)
  assert.deepEqual(at('loss'), [2, 4, 6])
  assert.deepEqual(at('validation'), [4, 6])
  assert.deepEqual(
    lines.filter(({ epoch }) => epoch !== undefined).map(({ epoch }) => epoch),
    [1, 2, 3],
  )
  assert.ok(lines.every(({ samplesPerSecond }) => samplesPerSecond === undefined || samplesPerSecond > 0))
})

test('every step that is logged has the parts of the loss, active terms, alignment, rate and time left, on every outlet', async () => {
  await trained
  const names = [
    ...['loss', 'ranking', 'crossLingual', 'sparsity', 'alignment', 'contrast', 'activation', 'activeTerms'],
    'leadAlignment',
    ...['samplesPerSecond', 'waitingShare', 'etaSeconds'],
  ]
  const steps = (await logIn(wholeRoot))
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const fields: Record<string, unknown> = JSON.parse(line)
      return 'loss' in fields ? [fields] : []
    })
  for (const fields of steps) for (const name of names) assert.equal(typeof fields[name], 'number', name)
  assert.equal(steps.at(-1)?.etaSeconds, 0)
  assert.ok(Number(steps[0]?.etaSeconds) > 0)

  const events = join(wholeRoot, 'models/checkpoints/tiny/tensorboard', String(steps[0]?.run))
  const [file = ''] = await readdir(events)
  const written = await readFile(join(events, file), 'latin1')
  for (const name of names) assert.ok(written.includes(`train/${name}`), name)

  const shown = await registry.metrics()
  for (const figure of [
    ...['loss', 'ranking', 'cross_lingual', 'sparsity', 'alignment', 'lead_alignment', 'active_terms'],
    ...['samples_per_second', 'waiting_ratio', 'remaining_seconds'],
  ]) {
    assert.match(shown, new RegExp(`naru_progress_figure\\{service="trainer",figure="${figure}"\\} [0-9.e+-]+\\n`))
  }
  assert.match(shown, /naru_progress_goal\{service="trainer",unit="steps"\} 6\n/)
  const note = (await trained).notes[0] ?? ''
  for (const part of [
    'loss',
    'ranking',
    'cross-lingual',
    'sparsity',
    'alignment',
    'active terms',
    'samples/s',
    '% waiting',
  ])
    assert.ok(note.includes(part), note)
})

test('only the newest checkpoints are kept', async () => {
  const { address = '' } = (await checkpointOf(trained)) ?? {}
  assert.deepEqual((await readdir(join(wholeRoot, address, '..'))).sort(), ['step-00000004', 'step-00000006'])
})

test('when asked to stop it stops before the next step, and then goes on to the same bytes, in any order', async () => {
  await assert.rejects(stopped, { name: 'AbortError' })
  assert.match(untimed(await logIn(stoppedRoot)), /"step":4.*\n$/)
  const expected = await checkpointOf(trained)
  assert.deepEqual(await checkpointOf(train(stoppedRoot, examples.toReversed())), expected)
  assert.equal(untimed(await logIn(stoppedRoot)), untimed(await logIn(wholeRoot)))
  const { address = '' } = expected ?? {}
  assert.deepEqual((await readdir(join(stoppedRoot, address, '..'))).sort(), ['step-00000004', 'step-00000006'])
})

test('the log holds the lines of one run: one that goes on after another begins it anew', async (t) => {
  const folder = await temporaryFolder(t)
  const runsIn = async () => {
    const lines = (await logIn(folder)).trimEnd().split('\n')
    return lines.map((line): [string, number] => [JSON.parse(line).run, JSON.parse(line).step])
  }
  const runOf = async (driven: ReturnType<typeof train>) => (await checkpointOf(driven))?.address.split('/').at(-2)
  await assert.rejects(train(folder, examples, abortedAt(5)), { name: 'AbortError' })
  const other = await runOf(train(folder, examples, undefined, { ...tiny, training: { ...tiny.training, epochs: 2 } }))
  assert.deepEqual(await runsIn(), [
    [other, 2],
    [other, 4],
    [other, 4],
  ])
  const first = await runOf(train(folder, examples))
  assert.notEqual(first, other)
  assert.deepEqual(await runsIn(), [
    [first, 6],
    [first, 6],
  ])
})

test('the same examples once more give the same checkpoint, and no line of the log', async () => {
  const [expected, before] = [await checkpointOf(trained), await logIn(wholeRoot)]
  assert.deepEqual(await checkpointOf(train(wholeRoot, [...examples, ...examples])), expected)
  assert.equal(await logIn(wholeRoot), before)
})

test('without an example of train there is nothing to train on', async (t) => {
  for (const held of [[], examples.slice(6)]) {
    const training = train(await temporaryFolder(t), held)
    await assert.rejects(training, { name: 'FatalError', code: 'NO_EXAMPLES', hint: /langlinks/ })
  }
})

test('settings out of their ranges and unknown ones are refused before anything is read', async (t) => {
  const folder = await temporaryFolder(t)
  for (const wrong of [
    { model: { vocab_size: 65_536 } },
    { model: { name: '../elsewhere' } },
    { model: { base: '' } },
    { model: { activation: 'relu' } },
    { training: { batch_size: 1 } },
    { training: { learning_rate: 0 } },
    { training: { query_lengths: [] } },
    { training: { epoch: 3 } },
    { vocabulary: {} },
  ]) {
    assert.equal(settings.safeParse(wrong).success, false, JSON.stringify(wrong))
    await assert.rejects(drive(folder, trainer, [], { settings: wrong }))
  }
  assert.equal(existsSync(join(folder, 'models')), false)
})

test('settings that contradict each other are refused before an example is read', async (t) => {
  for (const wrong of [
    { model: { heads: 3 }, says: /heads must divide/ },
    { model: { max_length: 64 }, says: /length bucket/ },
    { training: { query_lengths: [256] }, says: /length bucket/ },
  ]) {
    const { says, ...settings } = wrong
    // Without examples to read it would say NO_EXAMPLES.
    const training = drive(await temporaryFolder(t), trainer, [], { settings })
    await assert.rejects(training, { name: 'ConfigError', code: 'TRAINING_SETTINGS', message: says, hint: /model/ })
  }
})

test('shares of the settings become steps, at least one', () => {
  const parsed = settings.parse({ training: { warmup_share: 0.06, sparsity_warmup_share: 0.3 } })
  const { optimiser, losses } = trainingSettingsOf(parsed, 200)
  assert.deepEqual([optimiser.totalSteps, optimiser.warmupSteps, losses.sparsityWarmupSteps], [200, 12, 60])
  assert.equal(trainingSettingsOf(parsed, 3).optimiser.warmupSteps, 1)
})

test('going on from a step drops the lines after it, and one that a kill cut off', async (t) => {
  const file = join(await temporaryFolder(t), 'models', 'training.jsonl')
  await TrainingLog.open(file, { run: 'a', startStep: 0 })
  const kept = [10, 20].map((step) => `{"run":"a","step":${step},"loss":2}\n`).join('')
  await writeFile(file, `${kept}{"run":"a","step":30,"loss":0.5}\n{"run":"a","step":4`)
  const log = await TrainingLog.open(file, { run: 'a', startStep: 20 })
  assert.equal(await readFile(file, 'utf8'), kept)
  await log.validation(30, { activeTerms: 7 })
  assert.equal(await readFile(file, 'utf8'), `${kept}{"run":"a","step":30,"validation":{"activeTerms":7}}\n`)
  await TrainingLog.open(file, { run: 'a', startStep: 0 })
  assert.equal(await readFile(file, 'utf8'), '')
})

test('a run is named by what decides its weights, not by what computes them', () => {
  const of = (training: object) => decisive(settings.parse({ training }))
  const usual = of({ seed: 3 })
  const execution = { engine: 'tfjs', provider: 'cpu', precision: 'bf16', steps_per_run: 8, chunk_texts: 2 }
  assert.deepEqual(of({ seed: 3, ...execution }), usual)
  assert.notDeepEqual(of({ seed: 4 }), usual)
})

test('two workers share every batch, and a run of them that is stopped goes on to the same bytes', async (t) => {
  const training = { ...tiny.training, batch_size: 2, workers: 2, average_every: 3, checkpoint_steps: 1 }
  // Five examples: the second step of an epoch leaves one for the first worker, and none for the other.
  const five = examples.slice(1)
  const settings = { ...tiny, training }
  const [whole, broken] = [await temporaryFolder(t), await temporaryFolder(t)]
  const expected = await checkpointOf(train(whole, five, undefined, settings))
  assert.equal(expected?.step, 6)
  for (const look of [2, 3]) {
    await assert.rejects(train(broken, five, abortedAt(look), settings), { name: 'AbortError' })
  }
  assert.deepEqual(await checkpointOf(train(broken, five, undefined, settings)), expected)
  assert.equal(untimed(await logIn(broken)), untimed(await logIn(whole)))
})

test('a name of a test cluster that stands in training texts is no entry of the vocabulary, and one when it is withdrawn', async (t) => {
  const settings = { ...tiny, training: { ...tiny.training, epochs: 1 } }
  const texts = examples.map((example) => ({ ...example, positiveDoc: `the harbour of 나루터 ${example.positiveDoc}` }))
  const vocabularyWith = async (names: readonly Incoming[]) => {
    const folder = await temporaryFolder(t)
    const events = [...names, ...texts.map((example) => incoming('training-examples', example))]
    const { events: out } = await drive(folder, trainer, events, { settings })
    const address = out('checkpoints')[0]?.address ?? ''
    const tokenizer = Tokenizer.parse((await readCheckpoint(join(folder, address))).tokenizerJson)
    return { run: address.split('/')[3], has: (entry: string) => tokenizer.find(entry) !== undefined }
  }
  const harbour = synonymOf(pairOf('나루터', 'Harbour'), { split: 'test' })
  const closed = await vocabularyWith([incoming('synonyms', harbour)])
  const open = await vocabularyWith([
    incoming('synonyms', harbour),
    withdrawn('synonyms', `${harbour.pairKey}:${harbour.cluster}`),
  ])
  const words = ['나루터', 'harbour', 'water']
  assert.deepEqual(
    [words.map(closed.has), words.map(open.has)],
    [
      [false, false, true],
      [true, true, true],
    ],
  )
  assert.notEqual(closed.run, open.run)
})
