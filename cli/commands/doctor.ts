/** naru doctor: what this machine computes with, and how fast. */
import { availableParallelism } from 'node:os'
import { resolveExecution } from '../../model/execution.ts'
import { type ProviderState, providers, runtimeVersion, tryProvider } from '../../model/graph/providers.ts'
import { measureSpeed, type Speed } from '../../model/measure-speed.ts'
import { executionSettings } from '../../model/settings.ts'
import { print, printJson, say } from '../print.ts'
import { renderTable } from '../table.ts'

export interface DoctorFlags {
  readonly measure?: boolean
  readonly json?: boolean
}

interface Measured extends Speed {
  readonly precision: string
}

interface Examined extends ProviderState {
  readonly speeds: readonly Measured[]
}

/** All measurements together. */
const measuredSeconds = 50

export async function doctor({ measure = false, json = false }: DoctorFlags): Promise<void> {
  const states: ProviderState[] = []
  for (const provider of providers) states.push(await tryProvider(provider))
  const examined = measure ? await measured(states) : states.map((state) => ({ ...state, speeds: [] }))
  const threads = availableParallelism()
  if (json) {
    printJson({
      node: process.version,
      threads,
      engines: { onnxruntime: { version: runtimeVersion(), providers: examined } },
    })
    return
  }
  print(`Node ${process.version}, ${threads} threads, onnxruntime ${runtimeVersion()}\n`)
  print(renderTable([{ title: 'provider' }, { title: 'here' }, { title: '' }], examined.map(row)).join('\n'))
  if (!measure) print('\nnaru doctor --measure tells how many samples a second each trains, in a minute.')
}

/** Half precision is worth a look where there is a GPU. */
async function measured(states: readonly ProviderState[]): Promise<readonly Examined[]> {
  const precisionsOf = ({ provider, usable }: ProviderState) => {
    if (!usable) return []
    return provider === 'cuda' ? (['fp32', 'bf16', 'fp16'] as const) : (['fp32'] as const)
  }
  const seconds = measuredSeconds / states.flatMap(precisionsOf).length
  const examined: Examined[] = []
  for (const state of states) {
    const speeds: Measured[] = []
    for (const precision of precisionsOf(state)) {
      say(`measuring ${state.provider} ${precision} for ${Math.round(seconds)} s`)
      const execution = await resolveExecution(executionSettings.parse({ provider: state.provider, precision }))
      speeds.push({ precision, ...(await measureSpeed(execution, availableParallelism(), seconds)) })
    }
    examined.push({ ...state, speeds })
  }
  return examined
}

function row({ provider, usable, reason = '', speeds }: Examined): readonly string[] {
  const figures = speeds.map(
    ({ precision, samplesPerSecond }) => `${samplesPerSecond.toPrecision(3)} samples/s in ${precision}`,
  )
  return [provider, usable ? 'yes' : 'no', usable ? figures.join(', ') : reason]
}
