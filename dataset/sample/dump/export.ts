import { createHash } from 'node:crypto'
import { bzip2 } from './bzip2.ts'
import type { Contributor, WikiPage } from './page.ts'
import { dumpHeader, type WikiName } from './siteinfo.ts'

const pagesPerStream = 100

export interface Multistream {
  readonly dump: Buffer
  readonly index: Buffer
}

/** pages-articles-multistream and its index: header stream, ≤ 100 pages a stream in id order, closing stream.
 *  Index lines are `offset:pageid:title`, offset = first byte of the page's stream in the .bz2. */
export function multistream(wiki: WikiName, pages: readonly WikiPage[]): Multistream {
  const streams: Buffer[] = [bzip2(dumpHeader(wiki))]
  let offset = streams[0]!.length
  const index: string[] = []
  for (let at = 0; at < pages.length; at += pagesPerStream) {
    const chunk = pages.slice(at, at + pagesPerStream)
    const stream = bzip2(chunk.map(pageXml).join(''))
    for (const page of chunk) index.push(`${offset}:${page.id}:${page.title}\n`)
    streams.push(stream)
    offset += stream.length
  }
  streams.push(bzip2('</mediawiki>\n'))
  return { dump: Buffer.concat(streams), index: bzip2(index.join('')) }
}

function pageXml(page: WikiPage): string {
  const { revision, redirect } = page
  const bytes = Buffer.byteLength(page.text)
  const digest = base36Sha1(page.text)
  const body =
    page.text === ''
      ? `      <text bytes="0" sha1="${digest}" />`
      : `      <text bytes="${bytes}" sha1="${digest}" xml:space="preserve">${escapeXml(page.text)}</text>`
  const lines = [
    '  <page>',
    `    <title>${escapeXml(page.title)}</title>`,
    `    <ns>${page.namespace}</ns>`,
    `    <id>${page.id}</id>`,
    ...(redirect ? [`    <redirect title="${escapeXml(redirect.title)}" />`] : []),
    '    <revision>',
    `      <id>${revision.id}</id>`,
    ...(revision.parentId === undefined ? [] : [`      <parentid>${revision.parentId}</parentid>`]),
    `      <timestamp>${revision.timestamp}</timestamp>`,
    ...contributorXml(revision.contributor),
    ...(revision.minor ? ['      <minor />'] : []),
    ...(revision.comment === '' ? [] : [`      <comment>${escapeXml(revision.comment)}</comment>`]),
    `      <origin>${revision.id}</origin>`,
    '      <model>wikitext</model>',
    '      <format>text/x-wiki</format>',
    body,
    `      <sha1>${digest}</sha1>`,
    '    </revision>',
    '  </page>',
    '',
  ]
  return lines.join('\n')
}

function contributorXml(contributor: Contributor): string[] {
  switch (contributor.kind) {
    case 'hidden':
      return ['      <contributor deleted="deleted" />']
    case 'ip':
      return ['      <contributor>', `        <ip>${contributor.ip}</ip>`, '      </contributor>']
    case 'user':
      return [
        '      <contributor>',
        `        <username>${escapeXml(contributor.name)}</username>`,
        `        <id>${contributor.id}</id>`,
        '      </contributor>',
      ]
  }
}

/** As PHP's htmlspecialchars in its XML export: the apostrophe stays. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** SHA-1 of the UTF-8 bytes in base 36, padded to 31 digits, as MediaWiki stores rev_sha1. */
function base36Sha1(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex')
  return BigInt(`0x${hex}`).toString(36).padStart(31, '0')
}
