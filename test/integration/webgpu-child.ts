/** Trains the steps of the reference by WebGPU and prints what came out. Arguments: steps a run, texts at once (0: all). */
import { tryProvider } from '../../model/graph/providers.ts'
import { trainReference } from '../model/reference-run.ts'

const [stepsPerRun, chunkTexts] = process.argv.slice(2).map(Number)
const { usable, reason } = await tryProvider('webgpu')
if (!usable) console.log(JSON.stringify({ reason }))
else {
  const { figures, state } = await trainReference({
    provider: 'webgpu',
    stepsPerRun: stepsPerRun!,
    chunkTexts: chunkTexts!,
  })
  const tensors = [...state.tensors()].map(([name, { data }]) => [name, Array.from(data)] as const)
  console.log(JSON.stringify({ figures, tensors: Object.fromEntries(tensors) }))
}
