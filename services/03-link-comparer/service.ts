/** Whether the two wikis agree: 물 → Water beside Water → 물. Links of Wikidata pass, as an item leads to both pages at once. */
import { before, dropped, emit, stream } from '../../runtime/service.ts'
import { KeptStatements } from './kept-statements.ts'
import { Links } from './links.ts'
import { settings } from './settings.ts'

export default stream(
  'link-comparer',
  { settings, ports: ['scratch', 'tables'] },
  async function* (events, { scratch, tables }) {
    const links = new Links(scratch)
    for await (const { value } of events) links.add(value)
    const kept = new KeptStatements(tables)
    for (const [key, statement] of links.statements()) {
      if (statement.length === 0) yield dropped('conflicting_mates')
      for (const name of statement) yield emit.pageNames(name)
      kept.put(key, statement)
    }
  },
  async function* ({ events }, { scratch, tables }) {
    const links = new Links(scratch)
    for await (const { value } of events) links.add(value)
    const kept = new KeptStatements(tables)
    const gone = [...kept.keys()].filter((key) => !links.has(key))
    for (const key of gone) {
      for (const name of kept.of(key)) yield before(emit.pageNames(name))
      kept.put(key, undefined)
    }
    for (const [key, statement] of links.statements()) {
      if (statement.length === 0) yield dropped('conflicting_mates')
      if (kept.says(key, statement)) continue
      for (const name of kept.of(key)) yield before(emit.pageNames(name))
      for (const name of statement) yield emit.pageNames(name)
      kept.put(key, statement)
    }
  },
)
