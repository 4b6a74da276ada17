import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import { openFolderStore } from '../../runtime/files.ts'
import {
  amended,
  asArray,
  asLines,
  asRows,
  type Frame,
  framed,
  type Piece,
  PieceFile,
  pieceOf,
} from '../../runtime/update/piece-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-pieces-'))
const files = openFolderStore({ data: folder, models: join(folder, 'models') })
const scratch = openScratch(join(folder, 'scratch'))
after(async () => {
  await scratch.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const fileOf = (address: string, frame: Frame) => new PieceFile(address, frame, { files, scratch })
const textOf = (address: string) => readFileSync(files.path(address), 'utf8')
const piecesOf = (texts: Readonly<Record<string, string>>): Piece[] =>
  Object.entries(texts)
    .map(([key, text]) => pieceOf(key, text))
    .sort((a, b) => a.key.compare(b.key))

test('the frame stands around the pieces, and an empty file has its own form', async () => {
  const pieces = piecesOf({ a: '1', b: '"물"' })
  for (const [frame, full, empty] of [
    [asLines, '1\n"물"\n', ''],
    [asArray, '[\n1,\n"물"\n]\n', '[]\n'],
    [asRows, '1"물"', ''],
  ] as const) {
    assert.equal((await fileOf('framed', frame).write(pieces)).pieces, 2)
    assert.equal(textOf('framed'), full)
    assert.equal((await fileOf('framed', frame).write([])).pieces, 0)
    assert.equal(textOf('framed'), empty)
  }
})

test('a piece lies in the file where its place says', async () => {
  const texts = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, at) => [`말${at}`, JSON.stringify({ at, text: '가'.repeat(at % 70) })]),
  )
  const file = fileOf('places.json', asArray)
  await file.write(piecesOf(texts))
  const bytes = readFileSync(files.path('places.json'))
  assert.equal(JSON.parse(bytes.toString()).length, 3_000)
  let count = 0
  for (const { key, offset, bytes: piece } of file.pieces()) {
    assert.equal(piece.toString(), texts[key.toString()])
    assert.deepEqual(bytes.subarray(offset, offset + piece.length), piece)
    count++
  }
  assert.equal(count, 3_000)
})

test('a batch of lines ends with a line, for who reads a batch at a time', async () => {
  const pieces = Array.from({ length: 5_000 }, (_, at) => pieceOf(String(at), 'x'.repeat(100)))
  const batches: string[] = []
  for await (const batch of framed(pieces, asLines)) batches.push(Buffer.from(batch).toString())
  assert.ok(batches.length > 3)
  for (const batch of batches) assert.match(batch, /^x.*\n$/s)
  assert.equal(batches.join('').split('\n').length, 5_001)
})

test('a file that is amended is the one that would be written of all', async () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
  const texts = fc.dictionary(
    key,
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  )
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.array(key), async (before, changed, gone) => {
      const file = fileOf('amended.json', asArray)
      await file.write(piecesOf(before))
      const removed = gone.filter((one) => !(one in changed))
      const changes = [
        ...piecesOf(changed),
        ...[...new Set(removed)].map((one) => ({ key: Buffer.from(one), bytes: null })),
      ].sort((a, b) => a.key.compare(b.key))
      await file.write(amended(file.pieces(), changes))
      const result = textOf('amended.json')
      const after = Object.fromEntries(
        Object.entries({ ...before, ...changed }).filter(([one]) => !removed.includes(one)),
      )
      await file.write(piecesOf(after))
      assert.equal(result, textOf('amended.json'))
    }),
    { numRuns: 60, seed: 3 },
  )
})

test('an old piece without a change is asked for by its key', async () => {
  const file = fileOf('asked', asLines)
  await file.write(piecesOf({ a: '1', b: '2', c: '3' }))
  const changes = piecesOf({ b: 'two' })
  await file.write(amended(file.pieces(), changes, (key) => key.toString() === 'c'))
  assert.equal(textOf('asked'), 'two\n3\n')
})

test('a file that is shorter than its keys say is no file of pieces', async () => {
  const file = fileOf('cut', asLines)
  await file.write(piecesOf({ a: '1', b: '2' }))
  await files.write('cut', '1\n')
  assert.throws(() => [...file.pieces()], { code: 'PIECES_CUT' })
})
