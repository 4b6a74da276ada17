import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const shared = fileURLToPath(new URL('../../../shared/data/wiki-dumps/', import.meta.url))

/** Path of a real file of ../shared/data/wiki-dumps, or undefined and the test is skipped. */
export function realFile(t: TestContext, name: string): string | undefined {
  const file = join(shared, name)
  if (existsSync(file)) return file
  t.skip(`../shared/data/wiki-dumps/${name} is not here`)
  return undefined
}

const compressors: readonly (readonly [string, readonly string[]])[] = [
  ['bzip2', ['-c', '-9']],
  ['python3', ['-c', 'import sys,bz2;sys.stdout.buffer.write(bz2.compress(sys.stdin.buffer.read()))']],
]

/** One bz2 stream by the system's bzip2 or Python; undefined and the test is skipped where neither is here. */
export function bzip2(t: TestContext, bytes: string | Uint8Array): Buffer | undefined {
  for (const [command, args] of compressors) {
    const { status, stdout } = spawnSync(command, args, { input: bytes, maxBuffer: 1 << 28 })
    if (status === 0) return stdout
  }
  t.skip('neither bzip2 nor python3 is here to compress with')
  return undefined
}

/** What a Python program prints, parsed from JSON; undefined and the test is skipped without python3. */
export function python(t: TestContext, program: string, ...args: string[]): unknown {
  const { status, stdout, error } = spawnSync('python3', ['-c', program, ...args], { maxBuffer: 1 << 28 })
  if (error !== undefined || status !== 0) {
    t.skip('python3 is not here to be the oracle')
    return undefined
  }
  return JSON.parse(stdout.toString('utf8'))
}

/** A folder that is gone after the test. */
export async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'naru-wiki-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

export async function fileOf(t: TestContext, name: string, bytes: string | Uint8Array): Promise<string> {
  const file = join(await folder(t), name)
  await writeFile(file, bytes)
  return file
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Bytes in chunks of a size, so that marks straddle chunk borders. */
export async function* chunked(bytes: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(bytes)
  for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size)
}

export const header = `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="ko">
  <siteinfo>
    <sitename>위키백과</sitename>
    <dbname>kowiki</dbname>
    <base>https://ko.wikipedia.org/wiki/%EB%8C%80%EB%AC%B8</base>
    <generator>MediaWiki 1.46.0</generator>
    <case>first-letter</case>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="6" case="first-letter">파일</namespace>
      <namespace key="10" case="first-letter">틀</namespace>
      <namespace key="14" case="first-letter">분류</namespace>
    </namespaces>
  </siteinfo>
`

/** XML of a page; the text is escaped here. */
export function pageXml(id: number, title: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `  <page>
    <title>${title}</title>
    <ns>0</ns>
    <id>${id}</id>
    <revision>
      <id>${id * 10}</id>
      <parentid>${id * 10 - 1}</parentid>
      <timestamp>2026-09-01T00:00:00Z</timestamp>
      <contributor><username>someone</username><id>7</id></contributor>
      <origin>${id * 10}</origin>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="${Buffer.byteLength(text)}" sha1="abc" xml:space="preserve">${escaped}</text>
      <sha1>abc</sha1>
    </revision>
  </page>
`
}
