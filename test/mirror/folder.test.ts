import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Folder, openFolder, remoteFolder } from '../../mirror/folder.ts'
import type { Http } from '../../mirror/http.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { serveFiles } from '../services/dump-downloader-mirror.ts'
import { temporaryFolder } from './by-name.ts'

const silent = () => undefined
const http: Http = {
  settings: transferSettingsOf({ retries: 0, retryDelayMs: 1 }),
  s3: { region: 'us-east-1' },
  log: { debug: silent, info: silent, warn: silent },
  signal: new AbortController().signal,
}

/** Pages as servers write them; each lists the folder 20260901, a file of 1234 bytes, and a folder with a sign in its name. */
const pages = {
  nginx: `<html><head><title>Index of /kowiki/</title></head><body><h1>Index of /kowiki/</h1><hr><pre><a href="../">../</a>
<a href="20260901/">20260901/</a>                                          03-Sep-2026 08:13                   -
<a href="index_name%3Dkowiki_content/">index_name=kowiki_content/</a>      03-Sep-2026 08:13                   -
<a href="dumpstatus.json">dumpstatus.json</a>                              03-Sep-2026 08:13                1234
</pre><hr></body></html>`,
  apache: `<table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td><a href="/">Parent Directory</a></td><td>&nbsp;</td></tr>
<tr><td><a href="20260901/">20260901/</a></td><td align="right">2026-09-03 08:13  </td><td align="right">  - </td></tr>
<tr><td><a href="index_name=kowiki_content/">index_name=kowiki_content/</a></td><td>  - </td></tr>
<tr><td><a href="dumpstatus.json">dumpstatus.json</a></td><td align="right">2026-09-03 08:13  </td><td>1.2K</td></tr></table>`,
  absolute: `<a class="x" href="/kowiki/20260901/">one</a><br><a href="/kowiki/index_name%3Dkowiki_content/">two</a>
<a href="/kowiki/dumpstatus.json">three</a><a href="/other/">elsewhere</a><a href="https://example.org/kowiki/x">far</a><a href="a/b">deep</a>`,
} as const

for (const [server, page] of Object.entries(pages)) {
  test(`a listing as ${server} writes it gives folders and files, and sizes only where they are exact`, async (t) => {
    const mirror = await serveFiles(t, new Map())
    mirror.faults.set('/kowiki/', (_, response) => {
      response.end(page)
      return true
    })
    const entries = await openFolder(`${mirror.url}kowiki`, http).entries()
    const size = server === 'nginx' ? { bytes: 1234 } : {}
    assert.deepEqual(
      entries?.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      [
        { name: '20260901', isFolder: true },
        { name: 'dumpstatus.json', isFolder: false, ...size },
        { name: 'index_name=kowiki_content', isFolder: true },
      ],
    )
  })
}

test('whatever a listing holds, nothing above or beside the folder is taken for an entry of it', async (t) => {
  const mirror = await serveFiles(t, new Map())
  let page = ''
  mirror.faults.set('/kowiki/', (_, response) => {
    response.end(page)
    return true
  })
  const folder = openFolder(`${mirror.url}kowiki/`, http)
  const href = fc.oneof(
    fc.string(),
    fc.constantFrom('../x', '//host/x', '/x', '..%2Fx', './', '%', '?a', 'javascript:x', 'x/../../y'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(href), async (hrefs) => {
      page = hrefs.map((each) => `<a href="${each}">x</a> 5`).join('\n')
      for (const { name } of (await folder.entries()) ?? []) {
        assert.ok(name !== '' && name !== '..' && name !== '.' && !name.includes('/'), name)
      }
    }),
    { numRuns: 100, seed: 4 },
  )
})

test('folders on disk and on a server answer alike', async (t) => {
  const root = await temporaryFolder(t)
  await mkdir(join(root, 'kowiki/20260901'), { recursive: true })
  await writeFile(join(root, 'kowiki/20260901/dumpstatus.json'), '{}')
  const mirror = await serveFiles(t, new Map([['/kowiki/20260901/dumpstatus.json', Buffer.from('{}')]]))
  for (const folder of [openFolder(root, http), openFolder(mirror.url, http)]) {
    const ofWiki: Folder = folder.child('kowiki')
    assert.deepEqual(await ofWiki.entries(), [{ name: '20260901', isFolder: true }])
    const dated = ofWiki.child('20260901')
    assert.deepEqual(await dated.entries(), [{ name: 'dumpstatus.json', isFolder: false, bytes: 2 }])
    assert.equal(await dated.text('dumpstatus.json'), '{}')
    assert.equal(await dated.text('other'), undefined)
    assert.equal(await ofWiki.child('20261001').entries(), undefined)
    assert.deepEqual([dated.name, dated.parent().name], ['20260901', 'kowiki'])
  }
})

test('a secret in the address of a folder stays out of its name, and no user name is taken', () => {
  const folder = remoteFolder(new URL('https://host.example/x?signature=s3cret#y'), http)
  assert.equal(folder.address, 'https://host.example/x/')
  for (const wrong of ['https://user:secret@host.example/', 'ftp://host.example/', 's3:///x', 'file://host/x']) {
    assert.throws(
      () => openFolder(wrong, http),
      (error) => error instanceof ConfigError && error.code === 'LOCATION_INVALID',
    )
  }
})
