/** Writes the dump folders of the Japanese-English sample: `node --import tsx dataset/sample-ja/build.ts [DIR]`, by default beside this file. */
import { dirname, resolve } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { writeDumpFolder } from '../sample/dump/folder.ts'
import { pagesOf, wikiNameOf } from './wiki.ts'

const root = argv[2] ? resolve(argv[2]) : dirname(fileURLToPath(import.meta.url))
for (const language of ['ja', 'en'] as const) {
  const pages = pagesOf(language)
  // page_random of an even spread: nothing is drawn.
  const random = ({ id }: { readonly id: number }) => (id % 97) / 97
  writeDumpFolder(root, { wiki: wikiNameOf(language), date: '20260901', pages, random })
}
