import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { createGzip } from 'node:zlib'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf } from '../../wiki/pages.ts'
import { sqlRuns } from '../../wiki/sql.ts'
import { temporaryFolder } from '../mirror/by-name.ts'

const megabyte = 1024 * 1024
const bombMegabytes = 400

/** Some hundred kilobytes that expand to 400 MB. */
async function bomb(t: TestContext, name: string, before: string, after: string): Promise<string> {
  const file = join(await temporaryFolder(t), name)
  const zeros = Buffer.alloc(megabyte, '0')
  const parts = function* () {
    yield Buffer.from(before)
    for (let i = 0; i < bombMegabytes; i++) yield zeros
    yield Buffer.from(after)
  }
  await pipeline(Readable.from(parts()), createGzip({ level: 1 }), createWriteStream(file))
  return file
}

/** Megabytes by which the process grew to its largest while the work went on. */
async function grown(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  await work()
  clearInterval(timer)
  return (Math.max(most, process.memoryUsage().rss) - before) / megabyte
}

test('a page of 400 MB in a small file is dead-lettered in bounded memory', async (t) => {
  const head = '<mediawiki><page><title>폭탄</title><ns>0</ns><id>1</id><revision><id>2</id><text>'
  const file = await bomb(t, 'bomb.xml.gz', head, '</text></revision></page></mediawiki>')
  const found: string[] = []
  const growth = await grown(async () => {
    for await (const outcome of pagesOf(decompressRange(file), { file, byteOffset: 0, maxPageBytes: 10 * megabyte })) {
      found.push(outcome.kind === 'page' ? outcome.page.title : outcome.error.code)
    }
  })
  assert.deepEqual(found, ['PAGE_TOO_LARGE'])
  assert.ok(growth < 150, `${growth} MB`)
})

test('a row of 400 MB in a small table is refused before it is held', async (t) => {
  const create = 'CREATE TABLE `t` (\n  `id` int(8) NOT NULL,\n  `name` varbinary(255) NOT NULL\n) ENGINE=InnoDB;\n'
  const file = await bomb(
    t,
    't.sql.gz',
    `${create}INSERT INTO \`t\` VALUES (1,'`,
    "');\n-- Dump completed on 2026-09-01\n",
  )
  const read = async () => {
    for await (const run of sqlRuns(file, 't', { texts: ['name'] })) assert.equal(run.length, 0)
  }
  const growth = await grown(() => assert.rejects(read, { name: 'BadEventError', code: 'SQL_LINE_TOO_LONG' }))
  // The line so far, and its copy in a buffer of twice the size.
  assert.ok(growth < 300, `${growth} MB`)
})
