import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Graph, nodesFor } from '../../../model/graph/graph.ts'
import { onnxModel } from '../../../model/graph/onnx.ts'
import * as op from '../../../model/graph/ops.ts'
import { ProtobufMessage } from '../../../model/graph/protobuf.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { ShapeError } from '../../../model/graph/tensor.ts'

const refusals: Readonly<Record<string, (graph: Graph) => unknown>> = {
  'shapes that do not broadcast': (g) => op.add(g.input('a', 'f32', [2, 3]), g.input('b', 'f32', [2])),
  'inner sizes of a product that differ': (g) => op.matmul(g.input('a', 'f32', [2, 3]), g.input('b', 'f32', [2, 3])),
  'a reshape to another number of elements': (g) => op.reshape(g.input('a', 'f32', [2, 3]), [5]),
  'a reshape that moves two named dimensions': (g) => op.reshape(g.input('a', 'f32', ['n', 'm', 1]), [1, 'n', 'm']),
  'an axis that is not there': (g) => op.sum(g.input('a', 'f32', [2, 3]), [2]),
  'parts that do not fit together': (g) => op.concat([g.input('a', 'f32', [2, 3]), g.input('b', 'f32', [2, 4])], 0),
  'split sizes that do not add up': (g) => op.split(g.input('a', 'f32', [4]), 0, [1, 2]),
  'an order that names an axis twice': (g) => op.transpose(g.input('a', 'f32', [2, 3]), [0, 0]),
  'indices that are no integers': (g) => op.gather(g.input('a', 'f32', [2, 3]), g.input('b', 'f32', [2])),
  'arithmetic on integers': (g) => op.exp(g.input('a', 'i64', [2])),
  'a comparison of different types': (g) => op.equal(g.input('a', 'f32', [2]), g.input('b', 'i64', [2])),
  'more rows than the table has': (g) => op.firstRows(g.input('a', 'f32', [2, 3]), g.input('b', 'i64', [1, 5])),
  'a gain of another width': (g) =>
    op.layerNorm(g.input('x', 'f32', [2, 3]), g.input('gain', 'f32', [2]), g.input('bias', 'f32', [3])),
  'a constant with too few values': (g) => g.constant([1, 2], [3]),
  'two inputs of one name': (g) => [g.input('a', 'f32', []), g.input('a', 'f32', [])],
  'a tensor of another graph': (g) => op.add(g.input('a', 'f32', []), new Graph().input('b', 'f32', [])),
  'different named dimensions': (g) => op.add(g.input('a', 'f32', ['batch']), g.input('b', 'f32', ['sequence'])),
  'an expansion to a size known only at run time': (g) => op.expand(g.input('a', 'f32', [1]), ['batch']),
}

for (const [what, build] of Object.entries(refusals)) {
  test(`building refuses ${what}`, () => {
    assert.throws(() => build(new Graph()), ShapeError)
  })
}

test('a shape error names the op and the types that met', () => {
  const graph = new Graph()
  const a = graph.input('states', 'f32', [2, 3])
  const b = graph.input('table', 'f32', [4, 5])
  assert.throws(() => op.matmul(a, b), /matmul\(states f32\[2, 3\], table f32\[4, 5\]\): inner sizes 3 and 4/)
})

test('equal small constants are kept once', () => {
  const graph = new Graph()
  assert.equal(graph.scalar(0.5), graph.constant([0.5], []))
  assert.notEqual(graph.scalar(0), graph.scalar(-0))
  assert.equal(graph.constants.length, 3)
})

test('nodes that no output needs are left out', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [1])
  const unused = graph.input('unused', 'f32', [1])
  op.exp(unused)
  const y = op.negate(x)
  assert.equal(nodesFor([y]).length, 1)
  const session = await GraphSession.open({ outputs: { y } }, { threads: 1 })
  assert.deepEqual(session.inputNames, ['x'])
  await session.close()
})

test('one graph with named dimensions runs at several sizes', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', ['batch', 'length', 6])
  const y = op.reshape(op.square(x), ['batch', 'length', 2, 3])
  const session = await GraphSession.open({ outputs: { y } }, { threads: 1 })
  for (const [batch, length] of [[1, 2] as const, [3, 5] as const]) {
    const data = new Float32Array(batch * length * 6).fill(-2)
    const values = await session.run({ x: { data, shape: [batch, length, 6] } })
    assert.deepEqual(new Set(Array.from(values.y!, Number)), new Set([4]))
  }
  await session.close()
})

test('writing an output over an input is refused', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2])
  const session = await GraphSession.open({ outputs: { next: op.add(x, 1) }, written: true }, { threads: 1 })
  const feed = { data: new Float32Array(2), shape: [2] }
  await assert.rejects(session.write({ x: feed }, { next: feed }), ShapeError)
  await session.close()
})

test('outputs are written to the memory given for them and into no other, the rest is returned', async () => {
  const size = 2 ** 22
  const graph = new Graph()
  const x = graph.input('x', 'f32', [size])
  const session = await GraphSession.open(
    { outputs: { next: op.add(x, 1), total: op.sum(x) }, written: true },
    { threads: 1 },
  )
  const feed = { data: new Float32Array(size).fill(0.5), shape: [size] }
  const target = { data: new Float32Array(size), shape: [size] }
  const before = process.memoryUsage().arrayBuffers
  const { total, ...more } = await session.write({ x: feed }, { next: target })
  const grown = process.memoryUsage().arrayBuffers - before
  await session.close()
  assert.deepEqual(more, {})
  assert.deepEqual([...total!], [size / 2])
  assert.ok(target.data.every((value) => value === 1.5))
  assert.ok(grown < target.data.byteLength / 2, `${grown} bytes of copies`)
})

test('what goes wrong while outputs are written is told of', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2])
  const session = await GraphSession.open({ outputs: { next: op.add(x, 1) }, written: true }, { threads: 1 })
  const tooLong = { data: new Float32Array(3), shape: [3] }
  await assert.rejects(session.write({ x: tooLong }, {}, [2]), /invalid dimensions/)
  await session.close()
})

test('the same graph gives the same bytes', () => {
  const bytes = () => {
    const graph = new Graph()
    return onnxModel({ outputs: { y: op.softmax(graph.input('x', 'f32', [2, 3])) } })
  }
  assert.deepEqual(bytes(), bytes())
})

test('the wire format is that of the protobuf specification', () => {
  // Worked examples of https://protobuf.dev/programming-guides/encoding/: 150 in field 1, "testing" in field 2, a submessage in 3.
  const hex = (message: ProtobufMessage) => Buffer.from(message.finish()).toString('hex')
  assert.equal(hex(new ProtobufMessage().integer(1, 150)), '089601')
  assert.equal(hex(new ProtobufMessage().text(2, 'testing')), '120774657374696e67')
  assert.equal(hex(new ProtobufMessage().message(3, new ProtobufMessage().integer(1, 150))), '1a03089601')
  // −2 as int64 is two's complement in ten bytes; 1.0 is 0x3f800000, little-endian.
  assert.equal(hex(new ProtobufMessage().integer(1, -2)), '08feffffffffffffffff01')
  assert.equal(hex(new ProtobufMessage().float(1, 1)), '0d0000803f')
})
