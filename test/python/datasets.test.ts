/** The dictionary as Hugging Face's datasets reads it: run by `npm run test:python`. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { drive, incoming, temporaryFolder } from '../services/drive.ts'
import { pairOf, synonymOf } from '../services/events.ts'

const python = process.env.NARU_PYTHON
const skip = python === undefined && 'only by npm run test:python, which names a Python'

const pairs = [
  ['인공지능', 'artificial intelligence', 'train'],
  ['물', 'water', 'val'],
  ['배', 'ship', 'test'],
] as const
const sides = { train: 'train', val: 'validation', test: 'test' } as const

/** What load_dataset reads of a dictionary of these pairs: rows by split. */
async function loaded(t: TestContext, of: readonly (typeof pairs)[number][]): Promise<Record<string, unknown[][]>> {
  const folder = await temporaryFolder(t)
  const synonyms = of.map(([korean, english, split]) => synonymOf(pairOf(korean, english), { split }))
  await drive(
    folder,
    synonymWriter,
    synonyms.map((synonym) => incoming('synonyms', synonym)),
    { settings: { folder: 'synonyms' } },
  )
  const program = `
import json, sys
from datasets import load_dataset
sides = load_dataset(sys.argv[1], cache_dir=sys.argv[2])
print(json.dumps({side: [list(row.values())[:4] for row in rows] for side, rows in sides.items()}, default=str, ensure_ascii=False))`
  const args = ['-c', program, join(folder, 'synonyms'), join(folder, 'cache')]
  const { stdout, stderr, status } = spawnSync(python!, args, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

test('load_dataset reads the pairs of a dictionary, each on its side of the split', { skip }, async (t) => {
  const read = await loaded(t, pairs)
  for (const [korean, english, split] of pairs) {
    const rows = read[sides[split]]!
    assert.equal(rows.length, 1, split)
    assert.ok(
      [korean, english].every((name) => rows[0]!.includes(name)),
      `${rows}`,
    )
  }
})

test('load_dataset reads a dictionary whose pairs are all on one side', { skip }, async (t) => {
  const read = await loaded(t, pairs.slice(0, 1))
  assert.deepEqual(Object.keys(read), ['train'])
})
