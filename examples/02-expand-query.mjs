// A query in one language, with its synonyms in the other, surest first: node examples/02-expand-query.mjs RUN WORD
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [run, word] = process.argv.slice(2)
const pairs = readFileSync(join(run, 'synonyms', 'combined_synonyms.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(JSON.parse)

const synonyms = pairs
  .filter(({ korean, english }) => korean === word || english === word)
  .sort((a, b) => b.confidence - a.confidence)
  .map(({ korean, english }) => (korean === word ? english : korean))
console.log([word, ...synonyms].map((term) => JSON.stringify(term)).join(' OR '))
