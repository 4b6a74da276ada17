/** naru doctor: whether this machine has what naru needs, what it computes with, and how fast. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { enginesFolder } from '../../model/engines-folder.ts'
import { type Engine, loadEngine } from '../../model/execution.ts'
import type { Precision } from '../../model/graph/precision.ts'
import { type ProviderState, providers, runtimeVersion } from '../../model/graph/providers.ts'
import { tfjsDevices } from '../../model/graph/tfjs-loader.ts'
import { measureSpeed, type Speed } from '../../model/measure-speed.ts'
import { executionSettings } from '../../model/settings.ts'
import { FatalError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import {
  type AskedServers,
  type Check,
  checkDisk,
  checkMemory,
  checkNode,
  checkPorts,
  checkServers,
} from '../doctor-checks.ts'
import { tryProviderApart, tryTfjsApart } from '../engines/trial.ts'
import { print, printJson, say } from '../print.ts'
import { renderTable } from '../table.ts'
import { workspaceOf } from '../workspace.ts'

export interface DoctorFlags extends AskedServers {
  readonly out?: string
  /** Seconds that all measurements together take; true: `measuredSeconds`. */
  readonly measure?: number | true
  readonly json?: boolean
}

interface EngineState extends ProviderState {
  readonly engine: Engine
  /** Of the engine, where it can be told. */
  readonly version?: string
}

interface Measured extends Speed {
  readonly precision: Precision
}

interface Examined extends EngineState {
  readonly speeds: readonly Measured[]
}

/** A minute, with what starting takes. */
const measuredSeconds = 50
const threads = availableParallelism()

/** Exit code 1 where something that was asked for cannot work. */
export async function doctor({ measure, json = false, out, ...servers }: DoctorFlags): Promise<void> {
  const checks = await checksOf(out, servers)
  const version = runtimeVersion()
  const tried = await Promise.all(providers.map(tryProviderApart))
  const states: EngineState[] = tried.map((state) => ({ engine: 'onnxruntime', version, ...state }))
  for (const device of tfjsDevices) states.push(await tfjsState(device))
  checks.push(engineCheck(states))
  if (checks.some(({ state }) => state === 'bad')) process.exitCode = 1
  const examined =
    measure === undefined
      ? states.map((state) => ({ ...state, speeds: [] }))
      : await measured(states, measure === true ? measuredSeconds : measure)
  if (json) {
    const of = (engine: Engine) => ({
      version: states.find((state) => state.engine === engine && state.version)?.version ?? null,
      providers: examined
        .filter((state) => state.engine === engine)
        .map(({ engine: _, version: _version, ...state }) => state),
    })
    printJson({ node: process.version, threads, checks, engines: { onnxruntime: of('onnxruntime'), tfjs: of('tfjs') } })
    return
  }
  const checkColumns = ['check', '', 'found', 'what to do'].map((title) => ({ title }))
  const checkRows = checks.map(({ what, state, found, advice = '' }) => [what, state, found, advice])
  print(`${renderTable(checkColumns, checkRows).join('\n')}\n`)
  print(`${threads} threads, onnxruntime ${version}\n`)
  const columns = ['engine', 'provider', 'here', ''].map((title) => ({ title }))
  print(renderTable(columns, examined.map(row)).join('\n'))
  if (measure === undefined) print('\nnaru doctor --measure tells how many samples a second each trains, in a minute.')
}

async function checksOf(out: string | undefined, servers: AskedServers): Promise<Check[]> {
  return [
    checkNode(process.version, nodeRange()),
    checkMemory(),
    await checkDisk(workspaceOf(out).data),
    ...(await checkServers(servers)),
    ...(await checkPorts()),
  ]
}

function nodeRange(): string {
  const manifest: { engines?: { node?: string } } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return manifest.engines?.node ?? ''
}

/** Without an engine there is no training; the table of engines says why each is not there. */
function engineCheck(states: readonly EngineState[]): Check {
  const usable = states.filter((state) => state.usable).map(({ engine, provider }) => `${engine} ${provider}`)
  if (usable.length > 0) return { what: 'engines', state: 'good', found: usable.join(', ') }
  const advice = 'npm ci installs onnxruntime-node again; the table below says why it does not compute'
  return { what: 'engines', state: 'bad', found: 'none computes', advice }
}

async function tfjsState(provider: 'cpu' | 'cuda'): Promise<EngineState> {
  const answer = await tryTfjsApart({ ...machine(), settings: executionSettings.parse({ engine: 'tfjs', provider }) })
  if (!answer.usable) return { engine: 'tfjs', provider, usable: false, reason: answer.reason }
  return { engine: 'tfjs', provider, usable: true, version: answer.version }
}

const machine = () => ({ engines: enginesFolder(process.env), threads })

async function measured(states: readonly EngineState[], allSeconds: number): Promise<readonly Examined[]> {
  const seconds = allSeconds / states.flatMap(precisionsOf).length
  const examined: Examined[] = []
  for (const state of states) {
    const speeds: Measured[] = []
    for (const precision of precisionsOf(state)) {
      say(`measuring ${state.engine} ${state.provider} ${precision} for ${seconds.toPrecision(2)} s`)
      speeds.push({ precision, ...(await speedOf(state, precision, seconds)) })
    }
    examined.push({ ...state, speeds })
  }
  return examined
}

/** Half precision is worth a look where there is a GPU. */
function precisionsOf({ provider, usable }: ProviderState): readonly Precision[] {
  if (!usable) return []
  return provider === 'cuda' ? ['fp32', 'bf16', 'fp16'] : ['fp32']
}

async function speedOf({ engine, provider }: EngineState, precision: Precision, seconds: number): Promise<Speed> {
  const settings = executionSettings.parse({ engine, provider, precision })
  if (engine === 'onnxruntime') return measureSpeed(await loadEngine(settings, machine()), threads, seconds)
  const answer = await tryTfjsApart({ ...machine(), settings, seconds })
  if (answer.usable && answer.speed) return answer.speed
  throw new FatalError('ENGINE_FAILED', answer.usable ? 'it gave no figure' : answer.reason, {
    hint: `${engine} ${provider} was usable a moment ago: naru doctor says why it is not`,
  })
}

function row({ engine, provider, usable, reason = '', speeds }: Examined): readonly string[] {
  const figures = speeds.map(
    ({ precision, samplesPerSecond }) => `${samplesPerSecond.toPrecision(3)} samples/s in ${precision}`,
  )
  return [engine, provider, usable ? 'yes' : 'no', usable ? figures.join(', ') : reason]
}
