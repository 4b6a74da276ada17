import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readCheckpoint } from '../../model/checkpoint.ts'
import { readBaseModel } from '../../model/pretrained/base-model.ts'
import trainer from '../../services/10-trainer/service.ts'
import { baseFolder, copyWithout } from '../model/pretrained/base-folders.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { serveFiles } from './dump-downloader-mirror.ts'
import { exampleOf } from './events.ts'

const pairs = ['한국 Korea', '물 water', '강 river', '산 mountain', '수도 capital', '서울 Seoul']
const examples = pairs.map((pair, i) => {
  const [left = '', right = ''] = pair.split(' ')
  return exampleOf(`c${i}`, {
    ...{ query: left, positiveDoc: `the ${right} of Korea`, negativeDocs: ['mountains and rivers'] },
    ...{ synonymPairs: [{ left, right }], split: 'train' },
  })
})

/** Three steps an epoch. */
const training = {
  ...{ epochs: 8, batch_size: 2, query_lengths: [8], document_lengths: [16], learning_rate: 3e-3, threads: 1 },
  ...{ log_steps: 1, checkpoint_steps: 100, keep_checkpoints: 9, initial_active_terms: 12 },
}

async function train(t: TestContext, base: string, where?: string) {
  const folder = where ?? (await temporaryFolder(t))
  const events = examples.map((example) => incoming('training-examples', example))
  const settings = { model: { name: 'tiny', base, max_length: 16 }, training }
  const driven = await drive(folder, trainer, events, { settings })
  const [checkpoint] = driven.events('checkpoints')
  const run = join(folder, checkpoint?.address ?? '', '..')
  const log = (await readFile(join(folder, 'models/checkpoints/tiny/training.jsonl'), 'utf8')).trimEnd().split('\n')
  const losses = log.map((line) => JSON.parse(line)).filter(({ loss }) => loss !== undefined)
  return { folder, checkpoint, begun: await readCheckpoint(join(run, 'step-00000000')), run, losses }
}

for (const family of ['bert', 'xlm-roberta'] as const) {
  test(`training begins with sizes, vocabulary and weights of a ${family} folder, and learns`, async (t) => {
    const { begun, checkpoint, losses } = await train(t, baseFolder(family))
    const base = await readBaseModel(baseFolder(family))
    assert.deepEqual(
      [begun.settings.network.hiddenSize, begun.settings.network.layers, begun.settings.network.layerNormEpsilon],
      [16, 2, family === 'bert' ? 1e-12 : 1e-5],
    )
    assert.equal(begun.tokenizerJson, base.tokenizerJson)
    for (const [name, { data }] of begun.tensors)
      assert.deepEqual(data, base.weights.get(name)?.subarray(0, data.length))
    assert.equal(checkpoint?.step, 24)
    const meanOf = (epoch: readonly { ranking: number }[]) => epoch.reduce((sum, { ranking }) => sum + ranking, 0) / 3
    const [first, last] = [meanOf(losses.slice(0, 3)), meanOf(losses.slice(-3))]
    assert.ok(last < first, `${first} to ${last}`)
    assert.ok(Math.abs(losses[0]?.activeTerms - 12) < 5, `${losses[0]?.activeTerms} active terms at first`)
  })
}

test('a checkpoint of ours is a base too, whose level stays as it is', async (t) => {
  const learnt = await train(t, baseFolder('bert'))
  const compressed = await train(t, join(learnt.folder, learnt.checkpoint?.address ?? ''))
  const last = await readCheckpoint(join(learnt.folder, learnt.checkpoint?.address ?? ''))
  assert.equal(compressed.begun.tokenizerJson, last.tokenizerJson)
  for (const [name, { data }] of compressed.begun.tensors) assert.deepEqual(data, last.tensors.get(name)?.data)
  assert.equal(compressed.begun.progress.calibrated, true)
  // Not calibrated to twelve terms anew: it goes on with as many as it had.
  const [before, after] = [learnt.losses.at(-1)?.activeTerms, compressed.losses[0]?.activeTerms]
  assert.ok(Math.abs(before - after) < 5, `${before} and ${after} active terms`)
})

test('the folder of a trained model stands for its last checkpoint, but not for itself', async (t) => {
  const learnt = await train(t, baseFolder('bert'))
  const model = join(learnt.folder, 'models/checkpoints/tiny')
  const fromModel = await train(t, model)
  const fromCheckpoint = await train(t, join(learnt.folder, learnt.checkpoint?.address ?? ''))
  assert.deepEqual(fromModel.begun.tensors, fromCheckpoint.begun.tensors)
  await assert.rejects(train(t, model, learnt.folder), { name: 'ConfigError', code: 'BASE_IS_ITSELF' })
})

test('a base on the hub is fetched, and trains as its folder does', async (t) => {
  const sha = '0123456789'.repeat(4)
  const names = (await readdir(baseFolder('bert'))).filter((name) => !/expected|\.bin$/.test(name))
  const files = new Map<string, Buffer>()
  const siblings = []
  for (const rfilename of names) {
    const bytes = await readFile(join(baseFolder('bert'), rfilename))
    files.set(`/klue/tiny/resolve/${sha}/${rfilename}`, bytes)
    const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    siblings.push({ rfilename, size: bytes.length, blobId })
  }
  files.set('/api/models/klue/tiny/revision/main', Buffer.from(JSON.stringify({ sha, siblings })))
  const hub = await serveFiles(t, files)
  const before = process.env.HF_ENDPOINT
  process.env.HF_ENDPOINT = hub.url
  t.after(() => {
    if (before === undefined) delete process.env.HF_ENDPOINT
    else process.env.HF_ENDPOINT = before
  })
  const fromHub = await train(t, 'klue/tiny')
  assert.deepEqual(await readdir(join(fromHub.folder, 'models/bases/klue--tiny')), [sha, 'revisions.json'])
  const fromFolder = await train(t, await copyWithout(t, 'bert', /expected|\.bin$/))
  assert.deepEqual(
    fromHub.losses.map(({ loss }) => loss),
    fromFolder.losses.map(({ loss }) => loss),
  )
})

test('a base that cannot be used stops the run before an example is read', async (t) => {
  for (const [base, code] of [
    ['./no-such-folder', 'BASE_INVALID'],
    ['a/b/c', 'BASE_INVALID'],
    [await copyWithout(t, 'bert', /safetensors|\.bin$/), 'BASE_INVALID'],
  ] as const) {
    const driven = drive(await temporaryFolder(t), trainer, [], { settings: { model: { base } } })
    await assert.rejects(driven, { name: 'ConfigError', code })
  }
  const tooLong = drive(await temporaryFolder(t), trainer, [incoming('training-examples', examples[0]!)], {
    settings: { model: { base: baseFolder('bert'), max_length: 128 } },
  })
  await assert.rejects(tooLong, { name: 'ConfigError', code: 'BASE_TOO_SHORT', hint: /32/ })
})
