import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { cpuExecution } from '../../model/execution.ts'
import { type EngineParts, TrainingEngine } from '../../model/training-engine.ts'
import { tfjsInJavaScript } from './graph/tfjs-cpu.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const settings = { ...toySettings, losses: { ...toySettings.losses, deltaDistillation: 1 } }
const [first, second] = [toyExamples.slice(0, 8), toyExamples.slice(8, 16)]

/** Scores far beyond those of a model: the loss follows them squared, and f32 ends at 3.4e38. */
const scoredWith = (score: number) => second.map((example) => ({ ...example, teacher_scores: [score, 1] }))

const copyOf = (engine: TrainingEngine) =>
  new Map([...engine.tensors()].map(([name, { data }]) => [name, data.slice()]))

const ways: Readonly<Record<string, EngineParts & { readonly together: boolean }>> = {
  'updates in place': { execution: cpuExecution, together: false },
  'several steps a run': { execution: { ...cpuExecution, stepsPerRun: 2 }, together: true },
  'TensorFlow.js': {
    execution: { ...cpuExecution, engine: 'tfjs', stepsPerRun: 2 },
    tfjs: await tfjsInJavaScript(),
    together: true,
  },
}

for (const [what, score] of [
  ['a loss', 1e30],
  ['gradients', 6e18],
] as const) {
  for (const [name, { together, ...parts }] of Object.entries(ways)) {
    test(`a step with ${what} beyond f32 is an error and leaves all as it was: ${name}`, async () => {
      const engine = TrainingEngine.start(settings, tokenizer, 1, parts)
      await engine.step(first)
      const [tensors, progress] = [copyOf(engine), engine.progress]
      const faulty = scoredWith(score)
      await assert.rejects(engine.steps(together ? [second, faulty] : [faulty]), {
        name: 'FatalError',
        code: 'LOSS_NOT_FINITE',
        message: what === 'a loss' ? /loss of Infinity/ : /loss of \d.*gradients of norm Infinity/,
      })
      assert.deepEqual(copyOf(engine), tensors)
      assert.deepEqual(engine.progress, progress)
      const { loss } = await engine.step(second)
      await engine.close()
      const sound = TrainingEngine.start(settings, tokenizer, 1, parts)
      await sound.step(first)
      assert.equal(loss, (await sound.step(second)).loss)
      await sound.close()
    })
  }
}
