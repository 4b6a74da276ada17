/**
 * Makes the corpus of the speed benches and says where it is.
 *
 *   npm run bench:corpus -- [--mb 320] [--cache FOLDER]
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusOf } from './pages/corpus.ts'
import { realWikis } from './pages/real-pages.ts'

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '320' },
    cache: { type: 'string', default: join(tmpdir(), 'naru-bench') },
  },
})
const wikis = await realWikis()
if (wikis.length === 0) {
  console.error('no pages to make a corpus of: ../shared/data/wiki-dumps is not here')
  process.exit(2)
}
console.log(JSON.stringify(await corpusOf(wikis, Number(flags.mb), flags.cache)))
