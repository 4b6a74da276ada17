import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fetchByName, namesOf, temporaryFolder } from '../mirror/by-name.ts'
import { startMirror } from '../services/dump-downloader-mirror.ts'

const sample = new URL('../../dataset/sample/', import.meta.url)

test('names in the lists of a mirror that lead out of the folder are not followed', async (t) => {
  const mirror = await startMirror(t, sample, 'kowiki')
  const payload = Buffer.from('evil')
  const sha1 = createHash('sha1').update(payload).digest('hex')
  const hostile = ['../../../evil', '/tmp/evil', '..\\evil', 'x/../../evil', '%2e%2e/evil'].map(
    (start) => `${start}-20260901-pages-articles-multistream.xml.bz2`,
  )
  const list = '/kowiki/20260901/kowiki-20260901-sha1sums.txt'
  const honest = mirror.files.get(list)
  assert.ok(honest)
  mirror.files.set(list, Buffer.concat([honest, ...hostile.map((name) => Buffer.from(`${sha1}  ${name}\n`))]))
  for (const name of hostile) mirror.files.set(`/kowiki/20260901/${name}`, payload)
  const outside = await temporaryFolder(t)
  const out = join(outside, 'a', 'b', 'c')
  await mkdir(out, { recursive: true })
  const said = await fetchByName({
    mirror: new URL('..', mirror.url).href,
    out,
    request: { date: '20260901' },
  })
  assert.deepEqual(
    namesOf(said).filter((name) => name.includes('evil')),
    [],
  )
  assert.deepEqual(
    (await readdir(outside, { recursive: true })).filter((name) => name.includes('evil')),
    [],
  )
})
