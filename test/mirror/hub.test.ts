import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Http } from '../../mirror/http.ts'
import { fetchModel, hubAccessFrom, parseModelName } from '../../mirror/hub.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { temporaryFolder } from '../services/drive.ts'
import { serve, serveFiles, serveUntil } from '../services/dump-downloader-mirror.ts'

const sha = 'a'.repeat(40)
const contents = {
  'config.json': Buffer.from('{"model_type":"bert"}'),
  'tokenizer.json': Buffer.from('{"model":{}}'),
  'model.safetensors': Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251)),
  'README.md': Buffer.from('not wanted'),
}
const weights = 'model.safetensors'

const hex = (algorithm: string, ...parts: (string | Buffer)[]) => {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** A hub with one model, org/tiny, whose weights lie in LFS. */
async function startHub(t: TestContext, files: Readonly<Record<string, Buffer>> = contents) {
  const siblings = Object.entries(files).map(([rfilename, bytes]) => ({
    rfilename,
    size: bytes.length,
    blobId: rfilename === weights ? 'f'.repeat(40) : hex('sha1', `blob ${bytes.length}\0`, bytes),
    ...(rfilename === weights && { lfs: { sha256: hex('sha256', bytes), size: bytes.length } }),
  }))
  const served = new Map(Object.entries(files).map(([name, bytes]) => [`/org/tiny/resolve/${sha}/${name}`, bytes]))
  for (const revision of ['main', sha]) {
    served.set(`/api/models/org/tiny/revision/${revision}`, Buffer.from(JSON.stringify({ sha, siblings })))
  }
  const hub = await serveFiles(t, served)
  const cache = await temporaryFolder(t)
  const said: string[] = []
  const note = (_fields: object, message: string) => void said.push(message)
  const http: Http = {
    settings: transferSettingsOf({ retries: 3, retryDelayMs: 1, stallTimeoutMs: 300 }),
    s3: { region: 'us-east-1' },
    log: { debug: note, info: note, warn: note },
    signal: new AbortController().signal,
  }
  const fetch = (environment: Record<string, string> = {}, revision = 'main') =>
    fetchModel(
      { repository: 'org/tiny', revision },
      cache,
      hubAccessFrom({ HF_ENDPOINT: hub.url, ...environment }),
      http,
    )
  return { hub, cache, said, fetch }
}

async function assertWhole(folder: string): Promise<void> {
  assert.deepEqual((await readdir(folder)).sort(), ['config.json', weights, 'tokenizer.json'])
  assert.ok((await readFile(join(folder, weights))).equals(contents[weights]))
}

test('a model is fetched once, what training needs of it alone', async (t) => {
  const { hub, cache, fetch } = await startHub(t)
  const folder = await fetch()
  assert.equal(folder, join(cache, 'org--tiny', sha))
  await assertWhole(folder)
  const before = hub.visits.length
  assert.equal(await fetch(), folder)
  assert.deepEqual(
    hub.visits.slice(before).map(({ path }) => path),
    ['/api/models/org/tiny/revision/main'],
  )
  assert.equal(await fetch({}, sha), folder)
  assert.equal(hub.visits.length, before + 1, 'a commit that is there needs no server')
})

test('a file that is cut off goes on where it stopped', async (t) => {
  const { hub, fetch } = await startHub(t)
  hub.faults.set(weights, async (visit, response) => {
    if (visit.earlier > 0) return false
    // Then silence.
    await serveUntil(100_000, visit, response)
    return true
  })
  await assertWhole(await fetch())
  const starts = hub.visits.filter(({ path }) => path.endsWith(weights)).map(({ start }) => start)
  assert.deepEqual([starts.length, starts[0]], [2, 0])
  assert.ok(starts[1]! > 0 && starts[1]! <= 100_000)
})

test('a server that answers the whole file to a range is understood', async (t) => {
  const { hub, fetch } = await startHub(t)
  hub.faults.set(weights, async (visit, response) => {
    if (visit.earlier === 0) await serveUntil(100_000, visit, response)
    else serve({ ...visit, range: undefined }, response)
    return true
  })
  await assertWhole(await fetch())
})

test('bytes that flipped on the way are fetched again, of large files and of small ones', async (t) => {
  for (const name of [weights, 'config.json'] as const) {
    const { hub, fetch } = await startHub(t)
    const flipped = Buffer.from(contents[name])
    flipped[5]! ^= 1
    hub.faults.set(name, (visit, response) => {
      serve(visit.earlier === 0 ? { ...visit, bytes: flipped } : visit, response)
      return true
    })
    await assertWhole(await fetch())
    assert.equal(hub.visits.filter(({ path }) => path.endsWith(name)).length, 2)
  }
})

test('what stays damaged is refused, and no folder has the name of a model', async (t) => {
  for (const name of [weights, 'tokenizer.json'] as const) {
    const { hub, cache, fetch } = await startHub(t)
    const flipped = Buffer.from(contents[name])
    flipped[5]! ^= 1
    hub.faults.set(name, (visit, response) => {
      serve({ ...visit, bytes: flipped }, response)
      return true
    })
    await assert.rejects(fetch(), { code: 'CHECKSUM_MISMATCH' })
    assert.deepEqual(await readdir(join(cache, 'org--tiny')), [`${sha}.partial`])
    hub.faults.clear()
    await assertWhole(await fetch())
  }
})

test('the token goes to the hub, and not to the store that it redirects to', async (t) => {
  const { hub, fetch } = await startHub(t)
  const store = await serveFiles(t, new Map([['/blob', contents[weights]]]))
  hub.faults.set(weights, (_visit, response) => {
    response.writeHead(302, { location: `${store.url}blob` }).end()
    return true
  })
  await assertWhole(await fetch({ HF_TOKEN: 'hf_secret' }))
  assert.ok(hub.visits.every(({ authorization }) => authorization === 'Bearer hf_secret'))
  assert.deepEqual(
    store.visits.map(({ authorization }) => authorization),
    [undefined],
  )
})

test('a model that is not there, or not to be seen, is said so with what to do', async (t) => {
  const { hub, fetch } = await startHub(t)
  for (const status of [401, 403, 404]) {
    hub.faults.set('main', (_visit, response) => {
      response.writeHead(status).end()
      return true
    })
    await assert.rejects(fetch(), { name: 'ConfigError', code: 'MODEL_NOT_FOUND', hint: /HF_TOKEN/ })
    await assert.rejects(fetch({ HF_TOKEN: 'hf_x' }), { code: 'MODEL_NOT_FOUND', hint: /owner of HF_TOKEN/ })
  }
})

test('a model without a tokenizer file, or without weights, is refused before anything is fetched', async (t) => {
  for (const [missing, says] of [
    ['tokenizer.json', /tokenizer\.json/],
    [weights, /pytorch_model\.bin/],
  ] as const) {
    const { hub, fetch } = await startHub(
      t,
      Object.fromEntries(Object.entries(contents).filter(([name]) => name !== missing)),
    )
    await assert.rejects(fetch(), { name: 'ConfigError', code: 'MODEL_INCOMPLETE', message: says })
    assert.equal(hub.visits.length, 1)
  }
})

test('safetensors are preferred, with all their shards and their index', async (t) => {
  const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors', 'model.safetensors.index.json']
  const { [weights]: _, ...others } = contents
  const shards = Object.fromEntries([...names, 'pytorch_model.bin'].map((name) => [name, Buffer.from(name)]))
  const { fetch } = await startHub(t, { ...others, ...shards })
  assert.deepEqual((await readdir(await fetch())).sort(), ['config.json', ...names, 'tokenizer.json'])
})

test('without the hub the model fetched last is used, and a first fetch fails', async (t) => {
  const { hub, said, fetch } = await startHub(t)
  const folder = await fetch()
  await hub.close()
  assert.equal(await fetch(), folder)
  assert.ok(said.some((message) => message.includes('fetched last')))
  await assert.rejects(fetch({}, 'v2'), { code: 'DOWNLOAD_FAILED' })
})

test('names of models are read as the hub writes them', () => {
  assert.deepEqual(parseModelName('klue/bert-base'), { repository: 'klue/bert-base', revision: 'main' })
  assert.deepEqual(parseModelName('xlm-roberta-base'), { repository: 'xlm-roberta-base', revision: 'main' })
  assert.deepEqual(parseModelName('a/b@v1.0'), { repository: 'a/b', revision: 'v1.0' })
  for (const wrong of ['', 'a/b/c', '../x', '/x', './x', 'a b', 'a@', 'a/..', 'a/b@../x']) {
    assert.equal(parseModelName(wrong), undefined, wrong)
  }
})

test('an endpoint that is no address is refused', () => {
  for (const HF_ENDPOINT of ['hub.example', 'ftp://hub.example', 'http://']) {
    assert.throws(() => hubAccessFrom({ HF_ENDPOINT }), { code: 'LOCATION_INVALID' })
  }
  assert.deepEqual(hubAccessFrom({ HF_TOKEN: '' }), { endpoint: 'https://huggingface.co', token: undefined })
})
