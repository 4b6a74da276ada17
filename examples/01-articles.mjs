// Articles of a dump, one at a time, by the library: node examples/01-articles.mjs [dump file]
import { articles } from 'naru/wiki'

const sample = new URL('../dataset/sample/20260901/kowiki/', import.meta.url)
const file = process.argv[2] ?? new URL('kowiki-20260901-pages-articles-multistream.xml.bz2', sample).pathname

let [count, letters] = [0, 0]
for await (const { title, text } of articles(file, { fields: ['title', 'text'], filters: ['kind=article'] })) {
  if (count++ < 3) console.log(title)
  letters += text.length
}
console.log(`${count} articles, ${letters} letters`)
