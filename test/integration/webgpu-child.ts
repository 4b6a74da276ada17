/** Trains the steps of the reference by WebGPU and prints what came out. Argument: steps a run. */
import { tryProvider } from '../../model/graph/providers.ts'
import { trainReference } from '../model/reference-run.ts'

const { usable, reason } = await tryProvider('webgpu')
if (!usable) console.log(JSON.stringify({ reason }))
else {
  const { figures, state } = await trainReference({ provider: 'webgpu', stepsPerRun: Number(process.argv[2]) })
  const tensors = [...state.tensors()].map(([name, { data }]) => [name, Array.from(data)] as const)
  console.log(JSON.stringify({ figures, tensors: Object.fromEntries(tensors) }))
}
