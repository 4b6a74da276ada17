import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import langlinkExtractor from '../../services/02-langlink-extractor/service.ts'
import linkComparer from '../../services/03-link-comparer/service.ts'
import entityLinker from '../../services/06-entity-linker/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { driveToEnd, sampleFolder } from './dump-downloader-drive.ts'
import { serveFiles } from './dump-downloader-mirror.ts'

const name = 'wikidatawiki-20260901-wb_items_per_site.sql.gz'
const folder = '/wikidatawiki/20260901'

/** As Wikidata's dump has it: its CREATE TABLE, rows of many wikis, the end that says it is whole. */
const table = gzipSync(`-- MariaDB dump 10.19  Distrib 10.11.14-MariaDB, for debian-linux-gnu (x86_64)
CREATE TABLE \`wb_items_per_site\` (
  \`ips_row_id\` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  \`ips_item_id\` int(10) unsigned NOT NULL,
  \`ips_site_id\` varbinary(32) NOT NULL,
  \`ips_site_page\` varbinary(310) NOT NULL,
  PRIMARY KEY (\`ips_row_id\`)
) ENGINE=InnoDB;
INSERT INTO \`wb_items_per_site\` VALUES (1,8684,'jawiki','ソウル特別市'),(2,8684,'kowiki','서울특별시'),(3,42,'enwiki','Douglas Adams');
INSERT INTO \`wb_items_per_site\` VALUES (4,8684,'enwiki','Seoul'),(5,313,'enwiki','Venus'),(6,313,'kowiki','금성 (행성)');
-- Dump completed on 2026-09-01  4:42:00
`)

/** A mirror with the folder of Wikidata's dump, whose list of checksums is right. */
async function wikidataMirror(t: TestContext) {
  const sha1 = createHash('sha1').update(table).digest('hex')
  const files = new Map([
    [`${folder}/${name}`, table],
    [`${folder}/wikidatawiki-20260901-sha1sums.txt`, Buffer.from(`${sha1}  ${name}\n`)],
  ])
  const { url, visits } = await serveFiles(t, files)
  return { location: new URL(`.${folder}/${name}`, url).href, visits }
}

test('the table of Wikidata is fetched by its URL, and what it joins becomes pairs that name the item', async (t) => {
  const data = await temporaryFolder(t)
  const { location, visits } = await wikidataMirror(t)
  const inputs = [{ language: 'ko', location: new URL('20260901/kowiki/', sampleFolder).href }]
  const downloaded = await driveToEnd(data, { inputs, wikidata: location })
  const file = downloaded.events.at(-1)!
  assert.deepEqual([file.kind, file.bytes], ['wikidata', table.length])
  assert.ok(visits.some(({ path }) => path.endsWith('sha1sums.txt')))

  const extracted = await drive(data, langlinkExtractor, [incoming('dump-files', file)])
  const links = extracted.events('page-links').map((link) => incoming('page-links', link))
  const compared = await drive(await temporaryFolder(t), linkComparer, links)
  const names = compared.events('page-names').map((one) => incoming('page-names', one))
  const { events } = await drive(await temporaryFolder(t), entityLinker, names)
  const pairs = events('synonym-candidates').map(({ left, right, rule, evidenceWiki, evidencePageId }) => [
    ...[left.surface, left.domain, right.surface],
    ...[rule, evidenceWiki, evidencePageId],
  ])
  assert.deepEqual([...new Set(pairs.map((pair) => JSON.stringify(pair)))].sort(), [
    JSON.stringify(['금성', '행성', 'Venus', 'wikidata', 'wikidatawiki', 313]),
    JSON.stringify(['서울특별시', null, 'Seoul', 'wikidata', 'wikidatawiki', 8684]),
  ])
})
