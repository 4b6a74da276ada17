import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readTorchFile } from '../../../model/pretrained/torch-file.ts'
import { readSafetensors } from '../../../model/weights.ts'
import { baseFolder } from './base-folders.ts'

const folder = await mkdtemp(join(tmpdir(), 'naru-torch-'))
after(() => rm(folder, { recursive: true }))
const all = () => true

interface Member {
  readonly name: string
  readonly data: Uint8Array
}

/** A zip archive of stored members, with 32-bit sizes or, as torch writes for large files, those of zip64. */
function zipOf(members: readonly Member[], { zip64 = false, method = 0 } = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of members) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    parts.push(local, Buffer.from(name), Buffer.from(data))
    const extra = Buffer.alloc(zip64 ? 28 : 0)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(method, 10)
    central.writeUInt16LE(Buffer.byteLength(name), 28)
    central.writeUInt16LE(extra.length, 30)
    for (const at of [20, 24]) central.writeUInt32LE(zip64 ? 0xffffffff : data.length, at)
    central.writeUInt32LE(zip64 ? 0xffffffff : offset, 42)
    if (zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      for (const [i, value] of [data.length, data.length, offset].entries())
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i)
    }
    directory.push(central, Buffer.from(name), extra)
    offset += 30 + Buffer.byteLength(name) + data.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(zip64 ? 0xffff : members.length, 10)
  end.writeUInt32LE(zip64 ? 0xffffffff : central.length, 12)
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16)
  const wide = Buffer.alloc(zip64 ? 56 + 20 : 0)
  if (zip64) {
    wide.writeUInt32LE(0x06064b50, 0)
    for (const [i, value] of [members.length, central.length, offset].entries())
      wide.writeBigUInt64LE(BigInt(value), 32 + 8 * i)
    wide.writeUInt32LE(0x07064b50, 56)
    wide.writeBigUInt64LE(BigInt(offset + central.length), 56 + 8)
  }
  return Buffer.concat([...parts, central, wide, end])
}

async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = join(folder, `${Math.abs(Buffer.from(bytes).readInt32LE(0))}-${bytes.length}.bin`)
  await writeFile(file, bytes)
  return file
}

const pickled = (text: string): Member => ({ name: 'archive/data.pkl', data: Buffer.from(text, 'latin1') })

test("torch's own file has the tensors of the safetensors of the same model", async () => {
  const fromTorch = await readTorchFile(join(baseFolder('bert'), 'pytorch_model.bin'), all)
  const fromSafetensors = await readSafetensors(join(baseFolder('bert'), 'model.safetensors'))
  for (const [name, tensor] of fromSafetensors) assert.deepEqual(fromTorch.get(name), tensor, name)
  // torch.save keeps both names of the tied matrix.
  assert.deepEqual([...fromTorch.keys()].filter((name) => !fromSafetensors.has(name)).sort(), [
    'cls.predictions.decoder.bias',
    'cls.predictions.decoder.weight',
  ])
})

/** {'w': tensor of f16 [2, 2], transposed, from element 1 of storage '0'}, written by hand after pickletools.py. */
const transposed =
  '\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nHalfStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x05tQK\x01K\x02K\x02\x86K\x01K\x02\x86\x89ccollections\nOrderedDict\n)RtRs.'

for (const zip64 of [false, true]) {
  test(`a transposed half-precision view is read in its own order${zip64 ? ', from a zip64 archive' : ''}`, async () => {
    // 0, 1, 2, 3, 4 as binary16.
    const data = Buffer.from(Uint16Array.of(0, 0x3c00, 0x4000, 0x4200, 0x4400).buffer)
    const file = await fileOf(zipOf([pickled(transposed), { name: 'archive/data/0', data }], { zip64 }))
    const tensors = await readTorchFile(file, all)
    assert.deepEqual(tensors.get('w'), { shape: [2, 2], data: Float32Array.of(1, 3, 2, 4) })
  })
}

test('a pickle that would run something is refused, and runs nothing', async () => {
  for (const [what, text] of [
    ['os.system', '\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R.'],
    ['posix.system', '\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.'],
    ['builtins.eval', '\x80\x02cbuiltins\neval\nX\x01\x00\x00\x001\x85R.'],
    ['torch._utils._rebuild_tensor', '\x80\x02ctorch._utils\n_rebuild_tensor\n)R.'],
    ['constructor', '\x80\x02cObject\nconstructor\n)R.'],
    // INST, OBJ, NEWOBJ and EXT make objects as well.
    ['0x69', '\x80\x02(ios\nsystem\n.'],
    ['0x81', '\x80\x02ccollections\nOrderedDict\n)\x81.'],
    ['0x82', '\x80\x02\x82\x01.'],
  ] as const) {
    const file = await fileOf(zipOf([pickled(text)]))
    await assert.rejects(readTorchFile(file, all), (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'PICKLE_REFUSED', String(error))
      assert.ok(error.message.includes(what), error.message)
      return true
    })
  }
})

test('a storage class is named in a pickle and never called', async () => {
  const file = await fileOf(zipOf([pickled('\x80\x02ctorch\nFloatStorage\nK\x05\x85R.')]))
  await assert.rejects(readTorchFile(file, all), { code: 'WEIGHTS_INVALID' })
})

test('a damaged pickle is refused whatever byte it lacks', async () => {
  for (let length = 0; length < transposed.length; length++) {
    const file = await fileOf(zipOf([pickled(transposed.slice(0, length))]))
    await assert.rejects(readTorchFile(file, all), (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error)
      assert.ok(['WEIGHTS_INVALID', 'PICKLE_REFUSED'].includes(String(error.code)), `${length}: ${error.message}`)
      return true
    })
  }
})

test('an archive that is cut short, compressed or none is refused', async () => {
  const whole = await readFile(join(baseFolder('bert'), 'pytorch_model.bin'))
  const cut = await fileOf(whole)
  await truncate(cut, whole.length - 5)
  const others = [
    Buffer.from('PK is not enough'),
    zipOf([pickled(transposed)], { method: 8 }),
    zipOf([pickled(transposed)]),
  ]
  for (const file of [cut, ...(await Promise.all(others.map(fileOf)))]) {
    await assert.rejects(readTorchFile(file, all), { code: 'WEIGHTS_INVALID' })
  }
})
