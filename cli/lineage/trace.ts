/** From a pair, an example or a model back to the pages and files that it rests on, and on to what was made of it. */
import { foldTitle } from '../../language/title.ts'
import type { DumpFile, SynonymCandidate } from '../../schemas/types.ts'
import { formerTitle } from './pages.ts'
import type { Found, Topics } from './topics.ts'

/** One event of the way, with what it was made from. */
export interface Step {
  readonly topic: string
  readonly event: string
  /** In words. */
  readonly what: string
  readonly facts: Readonly<Record<string, string | number | null>>
  readonly from: readonly Step[]
}

export interface Trace {
  readonly kind: 'pair' | 'example' | 'model' | 'page'
  readonly name: string
  readonly steps: readonly Step[]
  /** What was made of it: examples, checkpoints, exports. */
  readonly madeOf: readonly Step[]
}

const examplesShown = 20

/** Pairs of a term, or the one of two terms, in either order. */
export async function tracePairs(terms: readonly string[], topics: Topics): Promise<Trace[]> {
  const folded = terms.map(foldTitle)
  const isOf = (key: string) => {
    const [left = '', right = ''] = key.replace(/:[0-9a-f]+$/, '').split('\t')
    return folded.every((term) => term === left || term === right)
  }
  const synonyms = await topics.all('synonyms', isOf)
  const examples = await examplesOf(new Set(synonyms.map(({ value }) => value.cluster)), topics)
  const traces: Trace[] = []
  for (const synonym of synonyms) {
    const { left, right, cluster, pairKey } = synonym.value
    const telling = examples.filter(({ value }) => {
      return value.cluster === cluster && value.synonymPairs.some((pair) => pairKeyIs(pair, pairKey))
    })
    traces.push({
      kind: 'pair',
      name: `${left.surface} = ${right.surface}`,
      steps: [await synonymStep(synonym, topics)],
      madeOf: [...telling.slice(0, examplesShown).map(exampleStep), ...(await modelSteps(topics))],
    })
  }
  return traces
}

/** By the id that it has in training/qd_pairs.jsonl. */
export async function traceExample(id: string, topics: Topics): Promise<Trace | undefined> {
  const [example] = await topics.ofKey('training-examples', id)
  if (example === undefined) return undefined
  const { cluster } = example.value
  const synonyms = await topics.all('synonyms', (key) => key.endsWith(`:${cluster}`))
  const told = synonyms.filter(({ value }) => example.value.synonymPairs.some((pair) => pairKeyIs(pair, value.pairKey)))
  const from: Step[] = []
  for (const synonym of told) from.push(await synonymStep(synonym, topics))
  return { kind: 'example', name: id, steps: [{ ...exampleStep(example), from }], madeOf: await modelSteps(topics) }
}

/** The exports and checkpoints of a model, and the dumps that its examples are from. */
export async function traceModel(name: string, topics: Topics): Promise<Trace | undefined> {
  const steps = await modelSteps(topics, name)
  if (steps.length === 0) return undefined
  const examples = await topics.all('training-examples')
  const clusters = new Set(examples.map(({ value }) => value.cluster)).size
  const files = (await topics.all('dump-files')).map(fileStep)
  const data: Step = {
    topic: 'training-examples',
    event: extentOf(examples),
    what: 'the examples',
    facts: { examples: examples.length, clusters },
    from: files,
  }
  return { kind: 'model', name, steps: steps.map((step) => ({ ...step, from: [data] })), madeOf: [] }
}

/** An example's id, by which it lies on the topic, begins with its cluster. */
async function examplesOf(clusters: ReadonlySet<string>, topics: Topics): Promise<Found<'training-examples'>[]> {
  if (clusters.size === 0) return []
  return topics.all('training-examples', (id) => clusters.has(id.slice(0, id.indexOf(':'))))
}

async function synonymStep({ topic, event, value }: Found<'synonyms'>, topics: Topics): Promise<Step> {
  const pairs = await topics.ofKey('synonym-pairs', value.pairKey)
  const candidates = await topics.ofKey('synonym-candidates', value.pairKey)
  const evidence: Step[] = []
  for (const candidate of candidates) evidence.push(await candidateStep(candidate, topics))
  const { left, right, confidence, cluster, split } = value
  return {
    topic,
    event,
    what: `${left.surface} = ${right.surface}`,
    facts: { confidence, cluster, split },
    from: pairs.map((pair) => ({
      topic: pair.topic,
      event: pair.event,
      what: 'all evidence of the pair',
      facts: { evidence: pair.value.evidence.length },
      from: evidence,
    })),
  }
}

async function candidateStep({ topic, event, value }: Found<'synonym-candidates'>, topics: Topics): Promise<Step> {
  const { rule, detail, written, offset, evidenceWiki, evidencePageId, evidenceRevisionId } = value
  return {
    topic,
    event,
    what: `${rule}${detail === '' ? '' : ` (${detail})`}`,
    facts: {
      rule,
      wiki: evidenceWiki,
      pageId: evidencePageId,
      revisionId: evidenceRevisionId,
      ...(written !== '' && { written }),
      ...(offset !== null && { offset }),
    },
    from: [...(await nameSteps(value, topics)), ...(await pageSteps(value, topics))],
  }
}

/** What was said of one of the two pages and led to the candidate. */
async function nameSteps(candidate: SynonymCandidate, topics: Topics): Promise<Step[]> {
  const { left, right, rule, evidenceWiki, evidencePageId } = candidate
  const steps: Step[] = []
  for (const { language, title } of [left, right]) {
    if (title === '') continue
    const names = await topics.ofKey('page-names', `${language}wiki:${title}`)
    for (const { topic, event, value } of names) {
      const isIt = value.evidenceWiki === evidenceWiki && value.evidencePageId === evidencePageId
      const isSaid = [left.surface, right.surface, left.title, right.title].some((name) => sameName(name, value.name))
      const isRule = value.rule === rule || (rule === 'langlink' && value.rule === 'inline_langlink')
      if (!isIt || !isSaid || !isRule) continue
      const what = `${value.title} is called ${value.name}`
      steps.push({ topic, event, what, facts: { rule: value.rule, count: value.count }, from: [] })
    }
  }
  return steps
}

/** The page that is the evidence, and the file that it was read from; for a table the file alone. */
async function pageSteps({ rule, evidenceWiki, evidencePageId }: SynonymCandidate, topics: Topics): Promise<Step[]> {
  const isTable = rule === 'langlink' || rule === 'wikidata'
  const kinds = isTable ? ['langlinks', 'wikidata'] : ['articles']
  const files = (await topics.ofKey('dump-files', `${evidenceWiki}:${kinds[0]}`)).concat(
    isTable ? await topics.ofKey('dump-files', `${evidenceWiki}:wikidata`) : [],
  )
  const [page] = await topics.ofKey('articles', `${evidenceWiki}:${evidencePageId}`)
  if (page === undefined) return files.map(fileStep)
  // A page that has not changed since stands in the files of later updates as well.
  const update = await topics.updateOf(page)
  const from: Step[] = []
  for (const file of files) if ((await topics.updateOf(file)) >= update) from.push(fileStep(file))
  const { title, pageId, revisionId, timestamp } = page.value
  const movedFrom = await formerTitle(page, topics)
  const facts = { pageId, revisionId, timestamp, ...(movedFrom !== undefined && { movedFrom }) }
  return [{ topic: page.topic, event: page.event, what: title, facts, from }]
}

function fileStep({ topic, event, value }: Found<'dump-files'>): Step {
  const { wiki, date, kind, address, bytes, sha1 }: DumpFile = value
  return { topic, event, what: address, facts: { wiki, date, kind, bytes, sha1 }, from: [] }
}

function exampleStep({ topic, event, value }: Found<'training-examples'>): Step {
  const { exampleId, kind, split, query } = value
  return { topic, event, what: `example ${exampleId}`, facts: { kind, split, query }, from: [] }
}

/** Checkpoints and exports, of one model or of all. */
async function modelSteps(topics: Topics, model?: string): Promise<Step[]> {
  const isWanted = (key: string) => model === undefined || key === model
  const checkpoints = (await topics.all('checkpoints', isWanted)).map(({ topic, event, value }): Step => {
    return { topic, event, what: value.address, facts: { step: value.step, sha256: value.sha256 }, from: [] }
  })
  const exports = (await topics.all('exports', isWanted)).map(({ topic, event, value }): Step => {
    return { topic, event, what: value.address, facts: { step: value.step, sha256: value.sha256 }, from: [] }
  })
  return [...checkpoints, ...exports]
}

function extentOf(found: readonly Found[]): string {
  const [first, last] = [found[0]?.event, found.at(-1)?.event]
  return first === undefined ? '' : first === last ? first : `${first} to ${last}`
}

function pairKeyIs({ left, right }: { readonly left: string; readonly right: string }, pairKey: string): boolean {
  return `${foldTitle(left)}\t${foldTitle(right)}` === pairKey
}

function sameName(a: string, b: string): boolean {
  return foldTitle(a) === foldTitle(b)
}
