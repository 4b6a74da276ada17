import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { writeDumpFolder } from './dump/folder.ts'
import { share } from './writing/chance.ts'
import { countsTable } from './writing/counts.ts'
import { writeSample } from './writing/wiki.ts'

/** Writes the sample's dump folders: `node --import tsx dataset/sample/build.ts [DIR]`, by default beside this file,
 *  and then brings the counts in the README up to date. */
const home = dirname(fileURLToPath(import.meta.url))
const root = argv[2] ? resolve(argv[2]) : home
const dates = ['20260901', '20261001'] as const

const sample = writeSample()
if (sample.missing.length > 0) throw new Error(`the facts name what no table defines: ${sample.missing.join(', ')}`)
for (const [edition, date] of dates.entries())
  for (const { wiki, editions } of sample.wikis) {
    const pages = editions[edition] ?? []
    const random = (page: { readonly id: number }) => share(`${wiki}/${page.id}/random`)
    const bytes = writeDumpFolder(root, { wiki, date, pages, random })
    stdout.write(`${date} ${wiki}: ${pages.length} pages, ${bytes} bytes\n`)
  }

const card = readFileSync(join(home, 'README.md'), 'utf8')
const counted = card.replace(
  /(<!-- counts -->\n)[\s\S]*?(<!-- \/counts -->)/,
  (_, open: string, close: string) => `${open}${countsTable(sample, dates)}\n${close}`,
)
writeFileSync(join(root, 'README.md'), counted)
