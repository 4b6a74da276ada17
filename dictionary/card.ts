/** The data card of a dictionary: README.md in the form of Hugging Face's dataset cards, which `load_dataset(folder)` reads. */
import { stringify } from 'yaml'
import { languageKey, languageName } from '../language/pair.ts'
import { type CardFacts, type CardFile, confidenceBands, type SourceCount } from './card-facts.ts'
import { wilsonInterval } from './wilson.ts'

/** Who judges at the terminal. */
export const aPerson = 'a person'

/** Pairs of a source that were judged. */
export interface Judged {
  readonly right: number
  readonly wrong: number
  /** Who judged them. */
  readonly by: ReadonlySet<string>
}

/** @param judged by source; a source that is not in it was not judged. */
export function renderCard(facts: CardFacts, judged: ReadonlyMap<string, Judged>): string {
  const { name, note, pairs, splits } = facts
  const [left, right] = facts.languages.map(languageName)
  const parts = [
    `---\n${stringify(metadataOf(facts), { lineWidth: 0 })}---`,
    `# ${name}`,
    `${number(pairs)} pairs of names, ${left} and ${right}, of the same thing, each with the pages, revisions and rules that say so. Made by naru.`,
    note,
    '## Where the pairs come from',
    sourcesTable(facts.sources, judged),
    'A pair counts for every source that says it; *alone* are those that no other source says. The columns of numbers are bands of ' +
      `confidence, the probability that a pair is right. Precision is the share of right pairs among those that ${judgesOf(judged)} judged, ` +
      'with its 95 % interval (Wilson).',
    '## Splits',
    table(
      ['split', 'pairs'],
      Object.entries(splits).map(([split, count]) => [split, number(count)]),
    ),
    'Everything that names one thing is one cluster, and a cluster is on one side.',
    '## Made from',
    table(
      ['wiki', 'dump', 'file', 'SHA-1'],
      facts.dumps.map(({ wiki, date, file, sha1 }) => [wiki, date, file, sha1 ?? 'none published']),
    ),
    facts.lists.length === 0 ? '' : `Existing lists, each under the licence of its own: ${facts.lists.join(', ')}.`,
    '## Licence',
    licenceText(facts.licence),
    '## Fields',
    fieldsText(facts),
    '## Files',
    table(
      ['file', 'rows', 'bytes', 'SHA-256'],
      facts.files.map(({ name, rows, bytes, sha256 }) => [name, number(rows), number(bytes), `\`${sha256}\``]),
    ),
    searchText(facts),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function metadataOf({ name, licence, languages, pairs, files }: CardFacts): Record<string, unknown> {
  const configs = configsOf(files)
  return {
    pretty_name: name,
    license: licence,
    language: languages,
    multilinguality: ['translation'],
    task_categories: ['translation', 'feature-extraction'],
    tags: ['synonyms', 'bilingual-dictionary', 'wikipedia', 'query-expansion'],
    size_categories: [sizeCategory(pairs)],
    ...(configs.length === 0 ? {} : { configs }),
  }
}

/**
 * The pairs by split, and by what says them. Those are whole: their split is a field. A split without pairs is left out, for
 * load_dataset fails on it, and on all the others with it ("corresponds to no data", datasets 5.2), whatever the file holds.
 */
function configsOf(files: readonly CardFile[]): Record<string, unknown>[] {
  const byPreference = ['parquet', 'jsonl', 'json']
  const fileOf = (stem: string) =>
    byPreference
      .map((format) => `${stem}.${format}`)
      .find((name) => files.some((file) => file.name === name && file.rows > 0))
  const config = (name: string, splits: readonly (readonly [split: string, stem: string])[]) => {
    const dataFiles = splits.flatMap(([split, stem]) => {
      const path = fileOf(stem)
      return path === undefined ? [] : [{ split, path }]
    })
    return dataFiles.length === 0 ? [] : [{ config_name: name, data_files: dataFiles }]
  }
  const [first, ...others] = [
    ...config('pairs', [
      ['train', 'train'],
      ['validation', 'val'],
      ['test', 'test'],
    ]),
    ...config('wiki', [['full', 'wiki_synonyms']]),
    ...config('entity', [['full', 'entity_synonyms']]),
  ]
  return first === undefined ? [] : [{ ...first, default: true }, ...others]
}

/** The classes of Hugging Face. */
function sizeCategory(rows: number): string {
  if (rows < 1_000) return 'n<1K'
  const bounds = ['1K', '10K', '100K', '1M', '10M', '100M', '1B']
  const at = Math.min(bounds.length - 2, Math.floor(Math.log10(rows)) - 3)
  return `${bounds[at]}<n<${bounds[at + 1]}`
}

function sourcesTable(sources: readonly SourceCount[], judged: ReadonlyMap<string, Judged>): string {
  const bands = confidenceBands.map((least, at) => `${least}–${confidenceBands[at + 1] ?? 1}`)
  return table(
    ['source', 'pairs', 'alone', ...bands, 'judged', 'precision'],
    sources.map(({ source, pairs, alone, bands }) => [
      source,
      number(pairs),
      number(alone),
      ...bands.map(number),
      ...precisionCells(judged.get(source)),
    ]),
  )
}

function judgesOf(judged: ReadonlyMap<string, Judged>): string {
  const judges = new Set([...judged.values()].flatMap(({ by }) => [...by]))
  return judges.size === 0 ? aPerson : [...judges].sort().join(' and ')
}

function precisionCells(judged: Judged | undefined): [count: string, precision: string] {
  const count = judged === undefined ? 0 : judged.right + judged.wrong
  if (judged === undefined || count === 0) return ['0', 'not judged']
  const [low, high] = wilsonInterval(judged.right, count)
  return [number(count), `${(judged.right / count).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`]
}

function licenceText(licence: string): string {
  if (!licence.startsWith('cc-by-sa')) return licence
  return `${licence}, as the text of Wikipedia: its authors are in the histories of the pages that each pair's evidence names.`
}

function fieldsText({ languages }: CardFacts): string {
  const [left, right] = languages.map(languageKey)
  return [
    `- \`${left}\`, \`${right}\`: the names, in their best spelling, without qualifier`,
    '- `source`, `sources`: what says so; the first is the one that is trusted most',
    '- `confidence`: probability that the pair is right, 0 to 1',
    '- `domain`: qualifier of the title, such as 음악 or planet, where there is one',
    '- `cluster`, `split`: the thing that is named, and its side',
    '- `evidence`: `rule`, `pages` (titles), `count`, `share`, `wiki`, `pageId`, `revisionId`; `written` and `offset` where the name ' +
      'stands otherwise in the text of the page; `detail`',
  ].join('\n')
}

function searchText({ search, languages }: CardFacts): string {
  const { minConfidence, maxExpansions, leftOut } = search
  return (
    `\`opensearch_synonyms.txt\` holds rules for a \`synonym_graph\` filter (Solr format), both ways; the two beside it hold one way each ` +
    `(${languages.join(' to ')}, ${languages.toReversed().join(' to ')}). They are of the pairs of confidence ${minConfidence} and more; left out are ` +
    `${number(leftOut.unsure)} pairs below, ${number(leftOut.symbols)} with symbols that tokenizers drop (C#), and ` +
    `${number(leftOut.beyondLimit)} translations of terms that have ${maxExpansions} surer ones.`
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
