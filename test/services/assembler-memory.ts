/**
 * Assembles examples out of so many pages of each language and prints the most that the JavaScript heap held, in bytes:
 *   node --expose-gc --import tsx test/services/assembler-memory.ts FOLDER PAGES
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { openDeps } from '../../runtime/deps.ts'
import type { Incoming } from '../../runtime/service.ts'
import exampleAssembler from '../../services/09-example-assembler/service.ts'
import { incoming } from './drive.ts'
import { articleOf, pairOf, synonymOf } from './events.ts'

const [, , folder = '', pagesText = ''] = process.argv
const pages = Number(pagesText)
/** Links are most of what an article weighs. */
const linksOfPage = 200
const eventsBetweenLooks = 500

async function* corpus(): AsyncIterable<Incoming> {
  for (let page = 0; page < pages; page++) {
    const [left, right] = [`쪽${page}`, `page${page}`]
    yield incoming('articles', articleWith('ko', page, left, `쪽${page} 글 ${page % 97} ${page % 89}`))
    yield incoming('articles', articleWith('en', page, right, `page${page} text ${page % 97} ${page % 89}`))
    const [cluster, split] = [`c${page}`, page % 10 === 0 ? 'test' : 'train'] as const
    yield incoming('synonyms', synonymOf(pairOf(left, right, [left, right]), { cluster, split }))
  }
}

function articleWith(language: string, page: number, title: string, lead: string) {
  const links = Array.from({ length: linksOfPage }, (_, at) => {
    const target = `${title} and ${(page * linksOfPage + at) % 1_000_003}`
    return { target, surface: target, count: 1 }
  })
  return articleOf(language, page, title, { lead, links })
}

const around = {
  store: { data: folder, models: folder },
  stateFolder: join(folder, String(pages)),
  logLevel: 'silent' as const,
  logDestination: 2 as const,
  settings: { 'example-assembler': exampleAssembler.settings.parse({}) },
}
const live = { progress: { report: () => undefined }, signal: new AbortController().signal }
assert.ok(globalThis.gc && exampleAssembler.kind === 'stream')
const { deps, dispose } = openDeps(exampleAssembler, 'all', around, live)
let events = 0
let most = 0
for await (const _ of exampleAssembler.run(corpus(), deps)) {
  if (++events % eventsBetweenLooks !== 0) continue
  globalThis.gc()
  most = Math.max(most, process.memoryUsage().heapUsed)
}
await dispose()
assert.ok(events > pages)
process.stdout.write(String(most))
