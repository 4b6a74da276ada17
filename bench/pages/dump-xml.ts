/** Export XML (schema 0.11) as a dump of today has it: its layout is read by peers that look for line ends. */
import type { RawPage } from '../../wiki/pages.ts'
import type { Site } from '../../wiki/site.ts'

const schema = 'http://www.mediawiki.org/xml/export-0.11/'
export const dumpEnd = '</mediawiki>\n'

export function dumpHeader(site: Site): string {
  const namespaces = [...site.namespaceNames, [0, ''] as const]
    .sort(([a], [b]) => a - b)
    .map(([key, name]) => {
      const start = `      <namespace key="${key}" case="${site.case}"`
      return name === '' ? `${start} />` : `${start}>${escapeXml(name)}</namespace>`
    })
  return `<mediawiki xmlns="${schema}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${schema} http://www.mediawiki.org/xml/export-0.11.xsd" version="0.11" xml:lang="${site.language}">
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <dbname>${site.wiki}</dbname>
    <base>https://${site.language}.wikipedia.org/wiki/Main_Page</base>
    <generator>MediaWiki 1.46.0-wmf.1</generator>
    <case>${site.case}</case>
    <namespaces>
${namespaces.join('\n')}
    </namespaces>
  </siteinfo>
`
}

export function dumpPage(page: RawPage): string {
  const redirect = page.redirectTitle === undefined ? '' : `    <redirect title="${escapeXml(page.redirectTitle)}" />\n`
  const bytes = Buffer.byteLength(page.text)
  return `  <page>
    <title>${escapeXml(page.title)}</title>
    <ns>${page.namespace}</ns>
    <id>${page.pageId}</id>
${redirect}    <revision>
      <id>${page.revisionId}</id>
      <timestamp>${page.timestamp}</timestamp>
      <contributor>
        <username>Bench</username>
        <id>1</id>
      </contributor>
      <origin>${page.revisionId}</origin>
      <model>${page.model}</model>
      <format>text/x-wiki</format>
      <text bytes="${bytes}" xml:space="preserve">${escapeXml(page.text)}</text>
      <sha1>0</sha1>
    </revision>
  </page>
`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
