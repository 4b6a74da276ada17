/** What extraction writes: lines, packed or not, Parquet and tables. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Zstd } from '@hpcc-js/wasm-zstd'
import { parquetReadObjects } from 'hyparquet'
import { type OutputField, parseFields } from '../../wiki/extract/fields.ts'
import { type OutputFormat, packed } from '../../wiki/extract/formats.ts'
import { articlesOfLines, extracted, settings, streamed } from './extracted.ts'
import { collect, fileOf, header, pageXml, python, realFile } from './fixtures.ts'
import { documentEnd, smallDump } from './small-dump.ts'

async function packedLines(lines: string, format: OutputFormat, fields: readonly OutputField[] = settings.fields) {
  return Buffer.concat(await collect(packed(chunkedLines(lines), format, fields)))
}

/** Lines in batches whose memory is used again, as that of the workers is. */
async function* chunkedLines(lines: string): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(1 << 20)
  for (const line of lines.split('\n').filter(Boolean)) {
    const length = memory.write(`${line}\n`)
    yield memory.subarray(0, length)
    memory.fill(0)
  }
}

test('gzip and zstd unpack to the lines, zstd from a single frame', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { lines } = await streamed(dump.file)
  assert.equal(gunzipSync(await packedLines(lines, 'gzip')).toString('utf8'), lines)
  const zst = await packedLines(lines, 'zstd')
  assert.equal(zst.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 1), -1)
  const unpacked = python(
    t,
    'import sys,json,zstandard;f=zstandard.open(sys.argv[1],"rt",encoding="utf8");print(json.dumps(f.read()))',
    await fileOf(t, 'lines.zst', zst),
  )
  if (unpacked !== undefined) assert.equal(unpacked, lines)
})

test('gzip packed by several threads is one member, whose bytes are the same every time', async (t) => {
  // Lines of every length around that of the window; each batch repeats what stood at the end of the one before.
  const lines = Array.from({ length: 60 }, (_, i) => `${'가나다 '.repeat((i * i * 37) % 6000)}${i}`).join('\n')
  const packed = await packedLines(`${lines}\n`, 'gzip')
  assert.equal(gunzipSync(packed).toString('utf8'), `${lines}\n`)
  assert.equal(packed.indexOf(Buffer.from([0x1f, 0x8b, 8]), 1), -1)
  assert.deepEqual(await packedLines(`${lines}\n`, 'gzip'), packed)
  assert.equal(gunzipSync(await packedLines('', 'gzip')).length, 0)
  // Each batch refers to the 32 KiB before it.
  const line = randomBytes(9000).toString('hex')
  const [once, often] = [await packedLines(`${line}\n`, 'gzip'), await packedLines(`${line}\n`.repeat(20), 'gzip')]
  assert.ok(often.length < 2 * once.length, `${once.length} bytes once, ${often.length} bytes twenty times`)
  const unpacked = python(
    t,
    'import sys,json,gzip;print(json.dumps(gzip.open(sys.argv[1],"rt",encoding="utf8").read()))',
    await fileOf(t, 'lines.gz', packed),
  )
  if (unpacked !== undefined) assert.equal(unpacked, `${lines}\n`)
})

test('a Parquet file gives back every field of every article', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { lines } = await streamed(dump.file, { filters: ['kind!=list'] })
  const bytes = await packedLines(lines, 'parquet')
  const zstd = await Zstd.load()
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors: { ZSTD: (packedPage) => zstd.decompress(packedPage) },
  })
  assert.deepEqual(rows.map(plainRow), articlesOfLines(lines))
})

test('tables are written where they are asked for, as lines and as a Parquet column of structs', async (t) => {
  const table = '{|\n|+ 사람\n! 이름 !! 나이\n|-\n| 가 || 1\n|}'
  const file = await fileOf(
    t,
    'tables.xml',
    `${header}${pageXml(1, '표', table)}${pageXml(2, '글', '글')}${documentEnd}`,
  )
  const fields = parseFields(['title', 'tables'])
  const { lines } = await extracted([file], 2, { fields })
  const expected = [
    { title: '표', tables: [{ section: '', caption: '사람', headerRows: 1, tsv: '이름\t나이\n가\t1' }] },
    { title: '글', tables: [] },
  ]
  assert.deepEqual(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    expected,
  )
  const bytes = await packedLines(lines, 'parquet', fields)
  const zstd = await Zstd.load()
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors: { ZSTD: (packedPage) => zstd.decompress(packedPage) },
  })
  assert.deepEqual(rows, expected)
})

/** A row in the form of JSON. */
function plainRow(row: Record<string, unknown>): unknown {
  const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)
  const { timestamp, redirect, coordinates, ...others } = row
  const time = timestamp instanceof Date ? timestamp.toISOString().replace('.000Z', 'Z') : timestamp
  return JSON.parse(
    JSON.stringify({ ...others, timestamp: time, redirect: redirect ?? null, coordinates: coordinates ?? null }, plain),
  )
}

const readByPyarrow = `
import sys, json
try:
    import pyarrow.parquet as parquet
except ImportError:
    print(json.dumps(None)); sys.exit()
table = parquet.read_table(sys.argv[1])
rows = table.to_pylist()
for row in rows:
    row['timestamp'] = row['timestamp'].strftime('%Y-%m-%dT%H:%M:%SZ')
    for box in row['infoboxes']: box['fields'] = dict(box['fields'])
print(json.dumps({'rows': rows, 'types': {f.name: str(f.type) for f in table.schema}}))
`

test('pyarrow reads the Parquet file of real pages with its types', async (t) => {
  const real = realFile(t, 'kowiki-berlin.xml.bz2')
  if (real === undefined) return
  const { lines } = await streamed(real)
  const file = await fileOf(t, 'articles.parquet', await packedLines(lines, 'parquet'))
  const read = python(t, readByPyarrow, file)
  if (read === undefined) return
  if (read === null) {
    t.skip('pyarrow is not here to be the oracle')
    return
  }
  const { rows, types } = read as { rows: unknown[]; types: Record<string, string> }
  assert.deepEqual(rows, articlesOfLines(lines))
  assert.equal(types.timestamp, 'timestamp[ms, tz=UTC]')
  assert.equal(types.pageId, 'int64')
  assert.match(types.links ?? '', /^list<element: struct<target: string not null/)
})
