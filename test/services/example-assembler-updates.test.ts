/** Whatever an update changes, the examples are those of a run on what there is then, though only what has changed is looked at. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { openDeps } from '../../runtime/deps.ts'
import type { Incoming, InputChanges, Outcome } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import exampleAssembler from '../../services/09-example-assembler/service.ts'
import { incoming, withdrawn } from './drive.ts'
import { articleOf, pairOf, synonymOf } from './events.ts'

const languages = ['ko', 'en'] as const
/** So many that a search finds no more than some of the pages. */
const titlesOf = (names: readonly string[]) => names.flatMap((name) => [name, `${name} 2`, `${name} 3`])
const titles = {
  ko: titlesOf(['물', '얼음', '수성 (행성)', '수성 (신)', '서울', '서울역', '부산', '바다']),
  en: titlesOf(['Water', 'Ice', 'Mercury (planet)', 'Mercury (god)', 'Seoul', 'Seoul Station', 'Busan', 'Sea']),
}
const vocabulary = {
  ko: ['물은', '수성에서', '서울', '바다로', '부산까지', '맑다', '차다', '있다', '흐른다', '2'],
  en: ['water', 'mercury', 'seoul', 'sea', 'flows', 'is', 'is', 'the', 'cold', '2'],
}
type Language = (typeof languages)[number]

interface PageVersion {
  readonly title: number
  readonly lead: readonly number[]
  readonly links: readonly number[]
  readonly isRedirect: boolean
}
interface NameVersion {
  readonly cluster: number
  readonly split: 'train' | 'val' | 'test'
  readonly titles: readonly [number, number]
  readonly surface: number
}
/** What stands at a place of the input; null where nothing does. */
type Input = ReadonlyMap<string, Incoming>

const wordAt = fc.nat(9)
const titleAt = fc.nat(23)
const page = fc.record<PageVersion>({
  title: titleAt,
  lead: fc.array(wordAt, { maxLength: 8 }),
  links: fc.array(titleAt, { maxLength: 2 }),
  isRedirect: fc.constantFrom(false, false, false, true),
})
const name = fc.record<NameVersion>({
  cluster: fc.nat(6),
  split: fc.constantFrom('train', 'train', 'train', 'val', 'test'),
  titles: fc.tuple(titleAt, titleAt),
  surface: titleAt,
})
/** A page or a name at a place, or nothing there any more. */
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ place: fc.nat(59), page: fc.option(page, { freq: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ place: fc.nat(9), name: fc.option(name, { freq: 4 }) }) },
)
type Change = { readonly place: number } & (
  | { readonly page: PageVersion | null }
  | { readonly name: NameVersion | null }
)

function eventOf(one: Change): { readonly key: string; readonly event: Incoming | null } {
  if ('page' in one) {
    const language: Language = languages[one.place % 2]!
    const key = `${language}wiki:${one.place}`
    return { key, event: one.page && pageEvent(language, one.place, one.page) }
  }
  const event = one.name && nameEvent(one.name, one.place)
  return { key: `name ${one.place}`, event }
}

function pageEvent(language: Language, place: number, { title, lead, links, isRedirect }: PageVersion): Incoming {
  const linked = links.map((at) => ({ target: titles[language][at]!, surface: 'x', count: 1 }))
  const text = lead.map((at) => vocabulary[language][at]).join(' ')
  return incoming(
    'articles',
    articleOf(language, place, titles[language][title]!, {
      lead: text,
      links: linked,
      kind: isRedirect ? 'redirect' : 'article',
    }),
  )
}

function nameEvent({ cluster, split, titles: at, surface }: NameVersion, place: number): Incoming {
  const pages = [titles.ko[at[0]]!, titles.en[at[1]]!] as const
  const pair = pairOf(
    `${titles.ko[surface]!} ${place}`,
    titles.en[at[1]]!,
    pages,
    place % 3 === 0 ? 'bold' : 'langlink',
  )
  return incoming('synonyms', synonymOf(pair, { cluster: `c${cluster}`, split }))
}

function changed(input: Input, changes: readonly Change[]): Input {
  const now = new Map(input)
  for (const one of changes) {
    const { key, event } = eventOf(one)
    if (event === null) now.delete(key)
    else now.set(key, event)
  }
  return now
}

const kinds = ['synonym', 'title_lead', 'alias_lead', 'lead_pair', 'span_lead']

type Said = readonly Outcome[]

async function assembled(folder: string, input: Input, negatives: number): Promise<Said> {
  return inFolder(
    folder,
    negatives,
    (deps) => exampleAssembler.run(inOrder([...input.values()]), deps) as AsyncIterable<Outcome>,
  )
}

/** As the runner hands over what an update changes. */
function amended(folder: string, before: Input, now: Input, negatives: number): Promise<Said> {
  const events: Incoming[] = []
  for (const [place, event] of before) {
    if (event.topic === 'synonyms' && now.get(place)?.key !== event.key) events.push(withdrawn('synonyms', event.key))
  }
  for (const [place, event] of now) if (before.get(place) !== event) events.push(event)
  const kept = new Set([...now].filter(([place, event]) => before.get(place) === event).map(([, { key }]) => key))
  const isKept = (key: string) => kept.has(key)
  const changes: InputChanges = { events: inOrder(events), isKept, standing: () => inOrder([]), made: [] }
  return inFolder(folder, negatives, (deps) => exampleAssembler.amend!(changes, deps) as AsyncIterable<Outcome>)
}

async function inFolder(
  folder: string,
  negatives: number,
  work: (deps: Parameters<typeof exampleAssembler.run>[1]) => AsyncIterable<Outcome>,
): Promise<Said> {
  const around = {
    store: { data: folder, models: folder },
    stateFolder: join(folder, 'state'),
    logLevel: 'silent' as const,
    logDestination: 2 as const,
    settings: { [exampleAssembler.id]: exampleAssembler.settings.parse({ kinds, negatives }) },
  }
  const live = { progress: { report: () => undefined }, signal: new AbortController().signal }
  const { deps, dispose } = openDeps(exampleAssembler, 'all', around, live)
  const said: Outcome[] = []
  try {
    for await (const one of work(deps)) said.push(one)
  } finally {
    await dispose()
  }
  return said
}

async function* inOrder(events: readonly Incoming[]): AsyncIterable<Incoming> {
  yield* events
}

function examplesIn(said: Said): TrainingExample[] {
  return said.flatMap((one) => (one.kind === 'emission' && one.topic === 'training-examples' ? [one.value] : []))
}

function droppedIn(said: Said): Record<string, number> {
  const dropped: Record<string, number> = {}
  for (const one of said) if (one.kind === 'dropped' && one.count > 0) dropped[one.reason] = one.count
  return dropped
}

/** The examples that stand, by id and as text: what is withdrawn stands. Some may be said once more as they stand, such as those of a text that came from another page. */
class Standing {
  readonly #texts = new Map<string, string>()

  take(said: Said): void {
    for (const one of said) if (one.kind === 'withdrawal') assert.ok(this.#texts.delete(one.key), 'stood')
    for (const example of examplesIn(said)) {
      this.#texts.set(example.exampleId, JSON.stringify(example))
    }
  }

  get sorted(): string[] {
    return [...this.#texts.values()].sort()
  }
}

test('after any updates, one upon the other, examples and figures are those of a run on what there is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 40, maxLength: 120 }),
      fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(1, 4),
      async (beginning, updates, negatives) => {
        const root = mkdtempSync(join(tmpdir(), 'naru-assembler-updates-'))
        try {
          let input = changed(new Map(), beginning)
          const standing = new Standing()
          standing.take(await assembled(join(root, 'updated'), input, negatives))
          for (const [at, update] of updates.entries()) {
            const before = input
            input = changed(before, update)
            const said = await amended(join(root, 'updated'), before, input, negatives)
            standing.take(said)
            const fresh = await assembled(join(root, `fresh ${at}`), input, negatives)
            assert.deepEqual(
              standing.sorted,
              examplesIn(fresh)
                .map((one) => JSON.stringify(one))
                .sort(),
            )
            assert.deepEqual(droppedIn(said), droppedIn(fresh))
          }
        } finally {
          rmSync(root, { recursive: true, force: true })
        }
      },
    ),
    { numRuns: 25 },
  )
})

/** Of a page of English: words that it shares with others, and how many it has for itself. */
type SmallPage = readonly [title: string, words: string, others: number]

const leadOf = ([title, words, others]: SmallPage): string =>
  [words, ...Array.from({ length: others }, (_, at) => `${title.toLowerCase()}${at}`)].join(' ')

function inputOf(pages: readonly SmallPage[]): Input {
  const name = incoming('synonyms', synonymOf(pairOf('질의', 'Query'), { cluster: 'c1', split: 'train' }))
  const places = pages.map((one): [string, Incoming] => {
    const place = Number.parseInt(Buffer.from(one[0]).toString('hex').slice(0, 8), 16)
    return [one[0], incoming('articles', articleOf('en', place, one[0], { lead: leadOf(one) }))]
  })
  return new Map([['name', name], ...places])
}

/** Those of an update keep the events that have not changed. */
function withPages(before: Input, pages: readonly SmallPage[]): Input {
  return new Map([...before, ...[...inputOf(pages)].filter(([place]) => !before.has(place))])
}

const fillers = Array.from({ length: 35 }, (_, at): SmallPage => [`F${at}`, 'word', 9])

const negativesOfQuery = (said: Said) =>
  new Set(examplesIn(said).flatMap(({ kind, negativeDocs }) => (kind === 'title_lead' ? negativeDocs : [])))

async function withFolder(work: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'naru-assembler-updates-'))
  try {
    await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test('a page that makes a word commoner changes the negatives of others, though it is none of them', async () => {
  const [a, b]: SmallPage[] = [
    ['A', 'x', 3],
    ['B', 'y', 3],
  ]
  const holders = ['C', 'D', 'E', 'F', 'G'].flatMap((title): SmallPage[] => [
    [`${title}x`, 'x', 12],
    [`${title}y`, 'y', 12],
  ])
  const before = inputOf([['Query', 'x y', 2], a!, b!, ...holders, ...fillers])
  // The eighth page that holds x: its count comes to another step. It is so long that it is no negative itself.
  const now = withPages(before, [['Z', 'x', 40]])
  await withFolder(async (root) => {
    assert.deepEqual(negativesOfQuery(await assembled(root, before, 1)), new Set([leadOf(a!)]))
    assert.deepEqual(negativesOfQuery(await amended(root, before, now, 1)), new Set([leadOf(b!)]))
  })
})

test('a page that came in an update and was no negative then is one in the next, when the page before it is gone', async () => {
  const [best, second, third]: SmallPage[] = [
    ['A', 'x y', 1],
    ['D', 'x y', 4],
    ['E', 'x y', 9],
  ]
  const first = inputOf([['Query', 'x y', 2], best!, third!, ...fillers])
  const next = withPages(first, [second!])
  const last = new Map([...next].filter(([place]) => place !== 'A'))
  await withFolder(async (root) => {
    assert.deepEqual(negativesOfQuery(await assembled(root, first, 1)), new Set([leadOf(best!)]))
    assert.deepEqual(negativesOfQuery(await amended(root, first, next, 1)), new Set())
    assert.deepEqual(negativesOfQuery(await amended(root, next, last, 1)), new Set([leadOf(second!)]))
  })
})
