/** Main module of the process that trains the steps of the reference on another device and prints what came out. */
import { tryProvider } from '../../model/graph/providers.ts'
import { trainReference, type Way } from '../model/reference-run.ts'

const way: Way = JSON.parse(process.argv[2] ?? '')
const { usable, reason } = await tryProvider(way.provider ?? 'cpu')
if (!usable) console.log(JSON.stringify({ reason }))
else {
  const { figures, state } = await trainReference(way)
  const tensors = [...state.tensors()].map(([name, { data }]) => [name, Array.from(data)] as const)
  console.log(JSON.stringify({ figures, tensors: Object.fromEntries(tensors) }))
}
