/** Every op that has a TorchScript form, by torch.jit.load: run by `npm run test:python`. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { Graph } from '../../model/graph/graph.ts'
import { ShapeError } from '../../model/graph/tensor.ts'
import { writeTorchArchive } from '../../model/graph/torch-archive.ts'
import { torchModule } from '../../model/graph/torchscript.ts'
import { opCases } from '../model/graph/op-cases.ts'
import { greatestDifference, opsReference, type ReferenceTensor } from '../model/reference/reference.ts'
import { temporaryFolder } from '../services/drive.ts'

const python = process.env.NARU_PYTHON
const skip = python === undefined && 'only by npm run test:python, which names a Python'

/** Only gradients and training use them. */
const withoutForm = ['sumOfSquares', 'second split [1, 3] on 1', 'scatterAdd', 'dropAdd']

const program = `
import json, sys, warnings
import torch
warnings.filterwarnings("ignore")
outputs = {}
for name, (file, inputs) in json.load(sys.stdin).items():
    given = {key: torch.tensor(value["data"]).reshape(value["shape"]) for key, value in inputs.items()}
    output = torch.jit.load(file)(given)["y"]
    outputs[name] = {"shape": list(output.shape), "data": output.flatten().tolist()}
print(json.dumps(outputs))`

test('the TorchScript form of every op gives what PyTorch gives', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const archives: Record<string, [file: string, inputs: Record<string, ReferenceTensor>]> = {}
  const refused: string[] = []
  for (const [i, [name, { inputs }]] of Object.entries(opsReference.cases).entries()) {
    const graph = new Graph()
    const tensors = inputs.map(({ shape }, input) => graph.input(`x${input}`, 'f32', shape))
    const outputs = { y: opCases[name]!(tensors, graph) }
    const file = join(folder, `${i}.pt`)
    try {
      await writeTorchArchive(file, torchModule({ outputs, weights: new Map() }))
      archives[name] = [file, Object.fromEntries(inputs.map((input, at) => [`x${at}`, input]))]
    } catch (error) {
      assert.ok(error instanceof ShapeError)
      refused.push(name)
    }
  }
  assert.deepEqual(refused, withoutForm)
  const options = { input: JSON.stringify(archives), encoding: 'utf8', maxBuffer: 2 ** 26 } as const
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program], options)
  assert.equal(status, 0, stderr)
  const outputs: Record<string, ReferenceTensor> = JSON.parse(stdout)
  for (const name of Object.keys(archives)) {
    const expected = opsReference.cases[name]!.output
    assert.deepEqual(outputs[name]!.shape, expected.shape, name)
    assert.ok(greatestDifference(outputs[name]!.data, expected.data) <= 1e-5, name)
  }
})
