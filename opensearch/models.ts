/** Models in ml-commons: found by the hash of their bundle, uploaded in chunks, deployed, asked. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'
import type { Bundle } from './bundle.ts'
import type { Cluster } from './cluster.ts'

/** ml-commons takes chunks of at most this size. */
const chunkBytes = 10_000_000
const pollMs = 250
const deployPatienceMs = 10 * 60_000

export type ModelState = 'UPLOADING' | 'REGISTERED' | 'DEPLOYED' | string

export interface KnownModel {
  readonly id: string
  readonly state: ModelState
}

const searchShape = z.looseObject({
  hits: z.looseObject({
    hits: z.array(z.looseObject({ _id: z.string(), _source: z.looseObject({ model_state: z.string().optional() }) })),
  }),
})
const modelShape = z.looseObject({ model_state: z.string(), name: z.string() })
const registeredShape = z.looseObject({ model_id: z.string() })
const chunkShape = z.looseObject({ status: z.string() })
const deployShape = z.looseObject({ task_id: z.string() })
const taskShape = z.looseObject({ state: z.string(), error: z.string().optional() })
const predictShape = z.looseObject({
  inference_results: z.array(
    z.looseObject({
      output: z.array(
        z.looseObject({
          dataAsMap: z.looseObject({ response: z.array(z.record(z.string(), z.number())) }),
        }),
      ),
    }),
  ),
})

/** The whole model whose bundle has this hash, if the cluster knows one; one whose upload broke off is not whole. */
export async function findModel(cluster: Cluster, { sha256, function: name }: Bundle): Promise<KnownModel | undefined> {
  const filter = [{ term: { model_content_hash_value: sha256 } }, { term: { algorithm: name } }]
  const found = await cluster.find(searchShape, 'POST', '/_plugins/_ml/models/_search', {
    // Chunks lie beside their models.
    body: { query: { bool: { filter, must_not: [{ exists: { field: 'chunk_number' } }] } }, size: 100 },
  })
  const models = (found?.hits.hits ?? []).map(({ _id, _source }) => ({ id: _id, state: _source.model_state ?? '' }))
  const whole = models.filter(({ state }) => !['REGISTERING', 'REGISTER_FAILED', 'UPLOADING', ''].includes(state))
  return whole.find(({ state }) => state === 'DEPLOYED') ?? whole[0]
}

/** Uploads a bundle chunk by chunk and answers with the model's id. */
export async function registerModel(
  cluster: Cluster,
  bundle: Bundle,
  uploaded: (bytes: number) => void = () => undefined,
): Promise<string> {
  const { zip, sha256 } = bundle
  const chunks = Math.ceil(zip.length / chunkBytes)
  const { model_id: id } = await cluster.ask(registeredShape, 'POST', '/_plugins/_ml/models/_register_meta', {
    body: {
      // A name that ends in .zip is taken for a folder.
      name: bundle.name.replace(/\.zip$/, ''),
      version: sha256.slice(0, 12),
      function_name: bundle.function,
      model_format: bundle.format,
      model_content_size_in_bytes: zip.length,
      model_content_hash_value: sha256,
      total_chunks: chunks,
    },
  })
  for (let chunk = 0; chunk < chunks; chunk++) {
    const end = Math.min(zip.length, (chunk + 1) * chunkBytes)
    await cluster.ask(chunkShape, 'POST', `/_plugins/_ml/models/${id}/upload_chunk/${chunk}`, {
      body: zip.subarray(chunk * chunkBytes, end),
    })
    uploaded(end)
  }
  return id
}

/** Loads the model into the nodes' memory and waits until it answers. Does nothing where it is loaded. */
export async function deployModel(cluster: Cluster, id: string): Promise<void> {
  if ((await stateOf(cluster, id)) === 'DEPLOYED') return
  const { task_id: task } = await cluster.ask(deployShape, 'POST', `/_plugins/_ml/models/${id}/_deploy`)
  const until = performance.now() + deployPatienceMs
  for (;;) {
    const { state, error } = await cluster.ask(taskShape, 'GET', `/_plugins/_ml/tasks/${task}`)
    if (state === 'COMPLETED') return
    if (state === 'FAILED' || state === 'COMPLETED_WITH_ERROR' || performance.now() > until) {
      throw new FatalError('OPENSEARCH_DEPLOY', `the model was not deployed: ${error ?? `it is ${state}`}`, {
        at: { url: cluster.url },
        hint: 'The cluster needs ml-commons with memory for the model: docs/opensearch.md names the settings.',
      })
    }
    await delay(pollMs)
  }
}

async function stateOf(cluster: Cluster, id: string): Promise<ModelState | undefined> {
  return (await cluster.find(modelShape, 'GET', `/_plugins/_ml/models/${id}`))?.model_state
}

/** Weights by term of each text, as the cluster computes them; terms without weight are left out. */
export async function predict(
  cluster: Cluster,
  id: string,
  modelFunction: Bundle['function'],
  texts: readonly string[],
): Promise<ReadonlyMap<string, number>[]> {
  const path = `/_plugins/_ml/_predict/${modelFunction.toLowerCase()}/${id}`
  const answer = await cluster.ask(predictShape, 'POST', path, { body: { text_docs: texts } })
  return answer.inference_results.flatMap(({ output }) =>
    output.flatMap(({ dataAsMap }) => dataAsMap.response.map((weights) => new Map(Object.entries(weights)))),
  )
}
