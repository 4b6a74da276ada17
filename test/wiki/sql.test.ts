import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { BadEventError } from '../../runtime/errors.ts'
import { type SqlOptions, sqlRuns } from '../../wiki/sql.ts'
import { langlinkRuns, pageRuns } from '../../wiki/tables.ts'
import { collect, fileOf, python, realFile } from './fixtures.ts'

const create = `/*M!999999\\- enable the sandbox mode */
-- MariaDB dump 10.19  Distrib 10.5.29-MariaDB, for debian-linux-gnu (x86_64)
DROP TABLE IF EXISTS \`t\`;
CREATE TABLE \`t\` (
  \`id\` int(8) unsigned NOT NULL DEFAULT 0,
  \`name\` varbinary(255) NOT NULL DEFAULT '',
  \`more\` varbinary(255) DEFAULT NULL,
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB;
`
const done = '-- Dump completed on 2026-09-01\n'

type Asked = Omit<SqlOptions, 'numbers' | 'texts'> & { readonly columns?: readonly string[] }

async function rowsOf(t: TestContext, sql: string | Uint8Array, asked: Asked = {}) {
  const file = await fileOf(t, 't.sql.gz', gzipSync(sql))
  return collect(textRows(file, 't', asked))
}

/** Each row as its texts, in the order of the columns. */
async function* textRows(file: string, table: string, { columns = ['id', 'name', 'more'], ...options }: Asked = {}) {
  for await (const run of sqlRuns(file, table, { ...options, texts: columns })) {
    for (let row = 0; row < run.length; row++) yield columns.map((_, which) => run.text(row, which))
  }
}

function hasCode(code: string, message = /./) {
  return (error: unknown) => error instanceof BadEventError && error.code === code && message.test(error.message)
}

test('rows are read with escapes, NULL, brackets and commas in text', async (t) => {
  const insert = `INSERT INTO \`t\` VALUES (1,'가\\'나\\"\\\\',NULL),(2,'a),(b','\\n\\t\\r\\0\\Z\\%'),(3,'it''s',''),(-4,'NULL','x');\n`
  assert.deepEqual(await rowsOf(t, create + insert + done), [
    ['1', '가\'나"\\', null],
    ['2', 'a),(b', '\n\t\r\0\x1a%'],
    ['3', "it's", ''],
    ['-4', 'NULL', 'x'],
  ])
})

test('only the asked columns are given, in the asked order, and only the asked rows', async (t) => {
  const insert = "INSERT INTO `t` VALUES (1,'a','x'),(2,'b','y');\nINSERT INTO `t` VALUES (3,'b','z');\n"
  const only = { column: 'name', values: ['b'] }
  assert.deepEqual(await rowsOf(t, create + insert + done, { columns: ['more', 'id'], only }), [
    ['y', '2'],
    ['z', '3'],
  ])
})

test('what is written with either escaping is read, whichever rows are asked for', async (t) => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'en', "'", ',', '(', ')', '\\', ';', ' ', 'ko', '가', 'é'), maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }).map((value) => value.replaceAll('\n', '')),
  )
  const row = fc.tuple(
    fc.integer({ min: -9, max: 99 }),
    fc.oneof(fc.constantFrom('en', 'ko', 'en,', "en'"), text),
    text,
  )
  const escapings = [
    (value: string) => value.replace(/[\\']/g, '\\$&'),
    (value: string) => value.replace(/\\/g, '\\\\').replace(/'/g, "''"),
  ]
  const filters = [
    { only: undefined, isAsked: () => true },
    { only: { column: 'name', values: ['en'] }, isAsked: (_: number, name: string) => name === 'en' },
    { only: { column: 'name', values: ['ko', 'en'] }, isAsked: (_: number, name: string) => /^(?:ko|en)$/.test(name) },
    { only: { column: 'id', ids: { has: (id: number) => id % 2 === 0 } }, isAsked: (id: number) => id % 2 === 0 },
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(...escapings),
      fc.constantFrom(...filters),
      async (rows, escaped, { only, isAsked }) => {
        const tuples = rows.map(([id, name, more]) => `(${id},'${escaped(name)}','${escaped(more)}')`)
        const sql = `${create}INSERT INTO \`t\` VALUES ${tuples.join(',')};\n${done}`
        const expected = rows.filter(([id, name]) => isAsked(id, name))
        const found = await rowsOf(t, sql, { only })
        assert.deepEqual(
          found,
          expected.map(([id, ...texts]) => [String(id), ...texts]),
        )
      },
    ),
    { numRuns: 300, seed: 5 },
  )
})

test('numbers are read as numbers, NULL as NaN, and what is none is reported', async (t) => {
  const insert =
    "INSERT INTO `t` VALUES (1,'-7',NULL),(NULL,'12','x'),(3,'7.5','x'),(4,'','x'),(5,'1234567890123456','x');\n"
  const bad: string[] = []
  const file = await fileOf(t, 't.sql', create + insert + done)
  const options = { numbers: ['name', 'id'], onBadRow: ({ message }: BadEventError) => void bad.push(message) }
  const rows: number[][] = []
  for await (const run of sqlRuns(file, 't', options)) {
    for (let row = 0; row < run.length; row++) rows.push([run.number(row, 0), run.number(row, 1)])
  }
  assert.deepEqual(rows, [
    [-7, 1],
    [12, Number.NaN],
  ])
  assert.equal(bad.length, 3)
  assert.match(
    bad[0] ?? '',
    new RegExp(`^byte ${Buffer.byteLength(create) + insert.indexOf('7.5')} .* no whole number`),
  )
})

test('a field that something else than a comma follows is reported, and its row is skipped', async (t) => {
  const insert = "INSERT INTO `t` VALUES (1,'a'x,'b'),(2,,'b'),(3,'c','z');\n"
  const bad: string[] = []
  const rows = await rowsOf(t, create + insert + done, { onBadRow: ({ code }) => bad.push(code) })
  assert.deepEqual([rows, bad], [[['3', 'c', 'z']], ['SQL_MALFORMED', 'SQL_MALFORMED']])
})

test('texts longer than a segment, and any number of them, come out whole', async (t) => {
  const lengths = [0, 1, 1023, 1024, 1025, 5000, 0, 100_000, 7]
  const texts = ['x', '가', '\u{1f600}'].flatMap((unit) => lengths.map((length) => unit.repeat(length)))
  const tuples = texts.map((text, i) => `(${i},'${text}','${i}')`)
  const rows = await rowsOf(t, `${create}INSERT INTO \`t\` VALUES ${tuples.join(',')};\n${done}`)
  assert.deepEqual(
    rows.map(([, name]) => name),
    texts,
  )
})

test('asking for one value, a row of another length is reported once, and a cut line is SQL_TRUNCATED', async (t) => {
  const only = { column: 'name', values: ['b'] }
  const bad: string[] = []
  const insert = "INSERT INTO `t` VALUES (1,'a','x'),(2,'b'),(3,'b','z');\n"
  const rows = await rowsOf(t, create + insert + done, { only, onBadRow: ({ code }) => bad.push(code) })
  assert.deepEqual([rows, bad], [[['3', 'b', 'z']], ['SQL_MALFORMED']])
  await assert.rejects(
    rowsOf(t, create + insert.slice(0, -6), { only, onBadRow: () => undefined }),
    hasCode('SQL_TRUNCATED'),
  )
})

test('only the rows with asked numbers are given', async (t) => {
  const insert = "INSERT INTO `t` VALUES (1,'a','x'),(-2,'b','y'),(30,'c','z'),(NULL,'d','w');\n"
  const only = { column: 'id', ids: new Set([1, 30, 2]) }
  const rows = await rowsOf(t, create + insert + done, { only })
  assert.deepEqual(
    rows.map(([id]) => id),
    ['1', '30'],
  )
})

test('rows of other tables are left out, an empty table has none', async (t) => {
  assert.deepEqual(await rowsOf(t, `${create}INSERT INTO \`other\` VALUES (1);\n${done}`), [])
})

test('a line cut in half is SQL_TRUNCATED with line and byte, after the rows before', async (t) => {
  const insert = "INSERT INTO `t` VALUES (1,'a','x'),(2,'b','y'),(3,'ccc','z');\n"
  for (const cut of [insert.length - 2, insert.length - 3, insert.length - 8, insert.length - 13, 24]) {
    const rows: unknown[] = []
    const file = await fileOf(t, 't.sql', create + insert.slice(0, cut))
    await assert.rejects(
      async () => {
        for await (const row of textRows(file, 't', { columns: ['id'] })) rows.push(row)
      },
      hasCode('SQL_TRUNCATED', new RegExp(`line 10 .* byte ${Buffer.byteLength(create) + cut} `)),
      `cut at ${cut}`,
    )
    assert.equal(rows.length, cut === 24 ? 0 : cut <= insert.length - 3 ? 2 : 3, `cut at ${cut}`)
  }
})

test('a dump that ends between two lines is SQL_TRUNCATED too', async (t) => {
  await assert.rejects(rowsOf(t, `${create}INSERT INTO \`t\` VALUES (1,'a','x');\n`), hasCode('SQL_TRUNCATED'))
})

test('a cut .sql.gz is GZIP_TRUNCATED after the rows before', async (t) => {
  const insert = Array.from({ length: 3000 }, (_, i) => `INSERT INTO \`t\` VALUES (${i},'${Math.sin(i)}','x');\n`).join(
    '',
  )
  const packed = gzipSync(create + insert + done)
  const file = await fileOf(t, 't.sql.gz', packed.subarray(0, packed.length - 100))
  let rows = 0
  await assert.rejects(async () => {
    for await (const _ of textRows(file, 't', { columns: ['id'] })) rows++
  }, hasCode('GZIP_TRUNCATED'))
  assert.ok(rows > 1000, `${rows} rows`)
})

test('a row that is not UTF-8 is reported and skipped, and its place is told', async (t) => {
  const sql = Buffer.from(`${create}INSERT INTO \`t\` VALUES (1,'a','x'),(2,'@','y'),(3,'c\ufffd','z');\n${done}`)
  const at = sql.indexOf('@')
  sql[at] = 0xe9
  const bad: BadEventError[] = []
  const rows = await rowsOf(t, sql, { onBadRow: (error) => bad.push(error) })
  assert.deepEqual(
    rows.map(([id]) => id),
    ['1', '3'],
  )
  assert.ok(hasCode('INVALID_UTF8', new RegExp(`byte ${at} `))(bad[0]) && bad.length === 1)
  await assert.rejects(rowsOf(t, sql), hasCode('INVALID_UTF8'))
  assert.equal((await rowsOf(t, sql, { columns: ['id', 'more'] })).length, 3, 'a column not asked for does not count')
})

test('rows of another length and broken separators are reported and skipped', async (t) => {
  const insert =
    "INSERT INTO `t` VALUES (1,'a','x'),(2,'b'),(3,'c','z');\nINSERT INTO `t` VALUES (4,'d','w') (5,'e','v');\n"
  const bad: string[] = []
  const rows = await rowsOf(t, create + insert + done, { onBadRow: ({ code }) => bad.push(code) })
  assert.deepEqual(
    rows.map(([id]) => id),
    ['1', '3', '4'],
  )
  assert.deepEqual(bad, ['SQL_MALFORMED', 'SQL_MALFORMED'])
})

test('a column that the table lacks, an unknown layout, another file: each has its error', async (t) => {
  const insert = "INSERT INTO `t` VALUES (1,'a','x');\n"
  await assert.rejects(rowsOf(t, create + insert + done, { columns: ['gone'] }), hasCode('SQL_COLUMN_MISSING'))
  await assert.rejects(rowsOf(t, insert), hasCode('SQL_LAYOUT_UNKNOWN'))
  await assert.rejects(rowsOf(t, '<html>404</html>'), hasCode('SQL_MALFORMED'))
})

test('lines longer than any buffer are read', async (t) => {
  const tuples = Array.from({ length: 60_000 }, (_, i) => `(${i},'이름_${i}\\'s','${'x'.repeat(i % 50)}')`)
  const rows = await rowsOf(t, `${create}INSERT INTO \`t\` VALUES ${tuples.join(',')};\n${done}`)
  assert.equal(rows.length, 60_000)
  assert.deepEqual(rows[59_999], ['59999', "이름_59999's", 'x'.repeat(49)])
})

test('real INSERT rows of old layouts are read', async (t) => {
  const file = realFile(t, 'real-insert-samples.sql')
  if (file === undefined) return
  const pages = (await collect(pageRuns(file))).flat()
  assert.equal(pages.length, 19)
  assert.deepEqual(pages[0], {
    pageId: 10,
    namespace: 0,
    title: 'AccessibleComputing',
    isRedirect: true,
    latestRevisionId: 834079434,
    length: 122,
  })
  const layouts = [['rd_from', 'rd_namespace', 'rd_title', 'rd_interwiki', 'rd_fragment']]
  const redirects = await collect(textRows(file, 'redirect', { columns: layouts[0] ?? [], layouts }))
  assert.deepEqual(redirects[0], ['10', '0', 'Computer_accessibility', '', ''])
  const links = (await collect(langlinkRuns(file, { languages: ['es'] }))).flat()
  assert.equal(links.length, 11)
  assert.deepEqual(links.at(-2), {
    pageId: 603447,
    language: 'es',
    title: 'Algernon Percy, IV duque de Northumberland',
  })
  const all = (await collect(langlinkRuns(file))).flat()
  assert.ok(
    all.some(({ title }) => title === ''),
    'an empty title is a row too',
  )
})

const oracle = `
import gzip, json, re, sys
text = gzip.open(sys.argv[1]).read().decode('latin-1')
rows = []
for line in text.split('\\n'):
    if line.startswith('INSERT INTO'):
        rows += re.findall(r"\\((\\d+)((?:,(?:'(?:[^'\\\\]|\\\\.)*'|[^',()]*))*)\\)", line)
print(json.dumps([len(rows), sum(int(row[0]) for row in rows)]))
`

for (const [table, column] of [
  ['pagelinks', 'pl_from'],
  ['categorylinks', 'cl_from'],
] as const) {
  test(`a genuine ${table} dump of 2026 has the rows that Python counts`, async (t) => {
    const file = realFile(t, `aawiki-20260101-${table}.sql.gz`)
    const expected = file && python(t, oracle, file)
    if (file === undefined || expected === undefined) return
    let rows = 0
    let sum = 0
    for await (const [from] of textRows(file, table, { columns: [column] })) {
      rows++
      sum += Number(from)
    }
    assert.ok(rows > 10)
    assert.deepEqual([rows, sum], expected)
  })
}

test('a genuine dump holds sort keys that are not UTF-8; they harm only who asks for them', async (t) => {
  const file = realFile(t, 'aawiki-20260101-categorylinks.sql.gz')
  if (file === undefined) return
  const rows = await collect(textRows(file, 'categorylinks', { columns: ['cl_sortkey_prefix', 'cl_type'] }))
  assert.ok(rows.some(([prefix]) => prefix === 'Gangleri'))
})
