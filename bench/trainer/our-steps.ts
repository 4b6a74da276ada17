/**
 * Our step as a peer of the bench: node our-steps.js FOLDER PROVIDER PRECISION THREADS [ENGINE]. Says {"ready":true}, then does what a
 * line on stdin asks for, {"steps":8,"stepsPerRun":4}, and answers with a line: seconds, losses, and peak resident bytes.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { computationOf, type StepRunner } from '../../model/computation.ts'
import { enginesFolder } from '../../model/engines-folder.ts'
import { loadEngine } from '../../model/execution.ts'
import { stepScalars } from '../../model/graph/optimiser.ts'
import type { Feed } from '../../model/graph/session.ts'
import { executionSettings } from '../../model/settings.ts'
import { sparsityWeightInput } from '../../model/step-objective.ts'
import type { StepInput } from '../../model/step-session.ts'
import { parameterGroups, trainingStep } from '../../model/training-step.ts'
import type { BatchTensor, Problem } from './problem.ts'

const [folder = '', provider = 'cpu', precision = 'fp32', threads = '2', engine] = process.argv.slice(2)
const problem: Problem = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8'))
const { execution, tfjs } = await loadEngine(executionSettings.parse({ engine, provider, precision }), {
  engines: enginesFolder(process.env),
  threads: Number(threads),
})
const packedValues = Number(process.env.NARU_PACKED_VALUES ?? execution.packedValues)
const chunkTexts = Number(process.env.NARU_CHUNK_TEXTS ?? 0)
const groups = parameterGroups(problem.config, packedValues)
const step = trainingStep(problem.shape, {
  encoder: problem.config,
  losses: problem.losses,
  optimiser: problem.optimiser,
  precision: execution.precision,
  groups,
  chunkTexts,
})
const batches = problem.batches.map((batch) =>
  Object.fromEntries(Object.entries(batch).map(([name, tensor]) => [name, feed(tensor)])),
)
const computation = computationOf(execution, {
  config: problem.config,
  stored: weights(),
  layout: { groups, lossScale: execution.precision === 'fp16' },
  threads: Number(threads),
  tfjs,
})
const sessions = new Map<boolean, Promise<StepRunner>>()
let done = 0

function weights(): Map<string, Float32Array> {
  const file = openSync(join(folder, 'weights.bin'), 'r')
  try {
    return new Map(
      problem.parameters.map(({ name, shape }) => {
        const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
        readSync(file, values)
        return [name, values]
      }),
    )
  } finally {
    closeSync(file)
  }
}

function feed({ dtype, shape, data }: BatchTensor): Feed {
  return { shape, data: dtype === 'i64' ? BigInt64Array.from(data, BigInt) : Float32Array.from(data) }
}

function inputOf(index: number): StepInput {
  const scalars = stepScalars(index + 1, problem.learningRate, problem.optimiser)
  return {
    feeds: batches[index % batches.length]!,
    scalars: { ...scalars, [sparsityWeightInput]: problem.sparsityWeight },
  }
}

function sessionFor(stepsPerRun: number): Promise<StepRunner> {
  const looped = stepsPerRun > 1
  const session = sessions.get(looped) ?? computation.openStep(step, stepsPerRun)
  sessions.set(looped, session)
  return session
}

async function run(steps: number, stepsPerRun: number) {
  const session = await sessionFor(stepsPerRun)
  const before = performance.now()
  const cpu = process.cpuUsage()
  const losses: number[] = []
  let activeTerms = 0
  for (let left = steps; left > 0; left -= stepsPerRun) {
    const inputs = Array.from({ length: Math.min(left, stepsPerRun) }, (_, i) => inputOf(done + i))
    const figures = await session.run(inputs)
    computation.state.swap()
    done += inputs.length
    losses.push(...figures.map(({ loss }) => loss))
    activeTerms = figures.at(-1)!.activeTerms
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - before) / 1000
  return { seconds, cpuSeconds: (user + system) / 1e6, losses, activeTerms, peakBytes: peakBytes() }
}

/** Greatest resident memory of this process so far; 0 where the system does not tell. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}

console.log(JSON.stringify({ ready: true }))
for await (const line of createInterface({ input: process.stdin })) {
  const { steps, stepsPerRun } = JSON.parse(line)
  console.log(JSON.stringify(await run(steps, stepsPerRun)))
}
