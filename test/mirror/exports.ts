/** Content exports and index dumps as a mirror lays them out, made of pages of the test's own. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'

/** Compressed by Python, for this repository only reads bz2. */
export function bzip2(text: string): Buffer {
  const script = 'import bz2,sys; sys.stdout.buffer.write(bz2.compress(sys.stdin.buffer.read()))'
  const { stdout, status, stderr } = spawnSync('python3', ['-c', script], { input: text })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout
}

function shardXml(wiki: string, pages: readonly { id: number; namespace: number; title: string; text: string }[]) {
  const page = ({ id, namespace, title, text }: (typeof pages)[number]) => `  <page>
    <title>${title}</title>
    <ns>${namespace}</ns>
    <id>${id}</id>
    <revision>
      <id>${id * 10}</id>
      <timestamp>2026-08-${String(10 + (id % 20))}T00:00:00Z</timestamp>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="${Buffer.byteLength(text)}" xml:space="preserve">${text}</text>
    </revision>
  </page>
`
  return `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="ko">
  <siteinfo>
    <sitename>위키백과</sitename>
    <dbname>${wiki}</dbname>
    <case>first-letter</case>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="1" case="first-letter">토론</namespace>
    </namespaces>
  </siteinfo>
${pages.map(page).join('')}</mediawiki>
`
}

/** Three shards in the order of their pages; by name the last would come first, and the huge page has a name of its kind. */
export function exportFiles(wiki: string, date: string): Map<string, Buffer> {
  const files = made.get(wiki + date) ?? makeExport(wiki, date)
  made.set(wiki + date, files)
  return new Map(files)
}

/** Made once a process, for each shard is compressed by a process of its own. */
const made = new Map<string, Map<string, Buffer>>()

function makeExport(wiki: string, date: string): Map<string, Buffer> {
  const shard = (range: string, ids: readonly number[]) => {
    const pages = ids.map((id) => ({ id, namespace: id % 2, title: `쪽 ${id}`, text: `'''쪽 ${id}'''은 쪽이다.` }))
    return [`${wiki}-${date}-${range}.xml.bz2`, bzip2(shardXml(wiki, pages))] as const
  }
  const shards = [shard('p10r100r100', [10]), shard('p11p120', [11, 12, 120]), shard('p1p9', [1, 2, 9])]
  const sums = shards.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
  return new Map([...shards, ['SHA256SUMS', Buffer.from(sums.join(''))], ['_SUCCESS', Buffer.alloc(0)]])
}

export const shardOrder = ['p1p9', 'p10r100r100', 'p11p120']

/** The files below a folder's path. */
export function below(folder: string, files: ReadonlyMap<string, Buffer>): [string, Buffer][] {
  return [...files].map(([name, bytes]) => [`${folder}${name}`, bytes])
}
