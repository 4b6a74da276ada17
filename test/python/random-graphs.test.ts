/** Random graphs as TorchScript, computed and differentiated by PyTorch: run by `npm run test:python`. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { GraphSession } from '../../model/graph/session.ts'
import { writeTorchArchive } from '../../model/graph/torch-archive.ts'
import { torchModule } from '../../model/graph/torchscript.ts'
import { buildRandomGraph, feedsOfRandomGraph, mixtureNames, randomGraphsOf } from '../model/graph/random-graph.ts'
import { greatestDifference } from '../model/reference/reference.ts'
import { temporaryFolder } from '../services/drive.ts'

const python = process.env.NARU_PYTHON
const skip = python === undefined && 'only by npm run test:python, which names a Python'

/** They hold an op without a TorchScript form. */
const withoutForm = ['sumOfSquares', 'concat and split', 'scatterAdd', 'dropAdd']
const withForm = mixtureNames.filter((name) => !withoutForm.includes(name))

/** A dozen ops deep in f32 on both sides. */
const tolerance = 1e-4

const program = `
import json, sys, warnings
import torch
warnings.filterwarnings("ignore")
found = []
for file, shape, inputs in json.load(sys.stdin):
    given = {name: torch.tensor(data).reshape(shape).requires_grad_() for name, data in inputs.items()}
    y = torch.jit.load(file)(given)["y"]
    loss = (y ** 2).mean()
    slopes = torch.autograd.grad(loss, list(given.values()), allow_unused=True) if loss.requires_grad else [None] * len(given)
    values = {"y": y, "loss": loss}
    for name, slope in zip(given, slopes):
        values["d" + name[1:]] = torch.zeros(shape) if slope is None else slope
    found.append({name: value.flatten().tolist() for name, value in values.items()})
print(json.dumps(found))`

test("autograd on the TorchScript form of random graphs gives onnxruntime's values and gradients", {
  skip,
}, async (t) => {
  const folder = await temporaryFolder(t)
  const randoms = fc.sample(randomGraphsOf(withForm), { numRuns: 150, seed: 6 })
  const files = randoms.map((_, i) => join(folder, `${i}.pt`))
  const given: unknown[] = []
  for (const [i, random] of randoms.entries()) {
    const { y } = buildRandomGraph(random)
    await writeTorchArchive(files[i]!, torchModule({ outputs: { y: y! }, weights: new Map() }))
    const inputs = Object.entries(feedsOfRandomGraph(random)).map(([name, { data }]) => [
      name,
      Array.from(data, Number),
    ])
    given.push([files[i], [random.rows, random.columns], Object.fromEntries(inputs)])
  }
  const options = { input: JSON.stringify(given), encoding: 'utf8', maxBuffer: 2 ** 26 } as const
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program], options)
  assert.equal(status, 0, stderr)
  const found: Record<string, number[]>[] = JSON.parse(stdout)
  for (const [i, random] of randoms.entries()) {
    const session = await GraphSession.open({ outputs: buildRandomGraph(random) }, { threads: 1 })
    const feeds = Object.entries(feedsOfRandomGraph(random)).filter(([name]) => session.inputNames.includes(name))
    const ours = await session.run(Object.fromEntries(feeds))
    await session.close()
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(found[i]!).sort())
    for (const [name, theirs] of Object.entries(found[i]!)) {
      const allowed = tolerance * Math.max(1, ...theirs.map(Math.abs))
      assert.ok(
        greatestDifference(ours[name]!, theirs) <= allowed,
        `${JSON.stringify(random)}, ${name}: ${ours[name]}, PyTorch ${theirs}`,
      )
    }
  }
})
