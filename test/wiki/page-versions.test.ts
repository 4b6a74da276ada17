import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { type PageVersion, VersionFile, versionOf, versionRow } from '../../wiki/page-versions.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-versions-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const version = (pageId: number, set: Partial<PageVersion> = {}): PageVersion => {
  return {
    pageId,
    revisionId: pageId * 7,
    title: `Page ${pageId}`,
    timestamp: '2026-09-01T00:00:00Z',
    textBytes: 5,
    ...set,
  }
}

test('the version of a page is read from its head, its title as shown', () => {
  const page = `<page>
    <title>Q&amp;A &quot;x&quot;</title>
    <ns>0</ns>
    <id>13</id>
    <revision>
      <id>127</id>
      <timestamp>2025-07-13T17:01:41Z</timestamp>
      <contributor><username>T</username><id>5</id></contributor>
      <text bytes="809" sha1="x" xml:space="preserve">&lt;id&gt;</text>
    </revision>
  </page>`
  assert.deepEqual(versionOf(Buffer.from(page)), {
    pageId: 13,
    revisionId: 127,
    title: 'Q&A "x"',
    timestamp: '2025-07-13T17:01:41Z',
    textBytes: 809,
  })
  assert.equal(versionOf(Buffer.from('<page><title>x</title><id>1</id></page>')), undefined)
})

test('whatever the order of asking, exactly the versions of a file are found in it', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 9_000 })
  fc.assert(
    fc.property(ids, fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 300 }), (known, asked) => {
      const path = join(folder, 'x.pages')
      writeFileSync(path, Buffer.concat([...known].sort((a, b) => a - b).map((id) => versionRow(version(id)))))
      const file = new VersionFile(path)
      const set = new Set(known)
      for (const id of [...asked, ...known.slice(0, 50)]) assert.equal(file.has(version(id)), set.has(id), `page ${id}`)
      file.close()
    }),
    { numRuns: 10 },
  )
})

test('another revision, title, time or length is another version', () => {
  const path = join(folder, 'one.pages')
  writeFileSync(path, versionRow(version(4)))
  const file = new VersionFile(path)
  assert.ok(file.has(version(4)))
  for (const set of [{ revisionId: 1 }, { title: 'Moved' }, { timestamp: '2026-09-02T00:00:00Z' }, { textBytes: 6 }]) {
    assert.ok(!file.has(version(4, set)), JSON.stringify(set))
  }
  file.close()
})
