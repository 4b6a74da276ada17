import type { RedirectTarget, WikiPage } from '../dump/page.ts'
import { hash, pick, share } from './chance.ts'
import type { SampleWikiName } from './wiki-name.ts'

export type Edition = 0 | 1

/** A page through both dumps; an absent edition means that the dump does not have the page. */
export interface PageSpec {
  /** Unchanging name, from which ids and habits are drawn. */
  readonly slug: string
  readonly namespace: number
  readonly editions: readonly [PageState | undefined, PageState | undefined]
  readonly inArticlesDump: boolean
}

export interface PageState {
  readonly title: string
  readonly text: string
  readonly redirect?: RedirectTarget
  readonly langlinks: Readonly<Record<string, string>>
}

export function lasting(slug: string, namespace: number, state: PageState, inArticlesDump = true): PageSpec {
  return { slug, namespace, editions: [state, state], inArticlesDump }
}

const firstRevision: Readonly<Record<SampleWikiName, number>> = { kowiki: 38_000_000, enwiki: 1_270_000_000 }
const editSummaries: Readonly<Record<SampleWikiName, readonly string[]>> = {
  kowiki: [
    '',
    '문장 다듬음',
    '/* 개요 */',
    '오타 수정',
    '분류 정리',
    '[[위키백과:로봇|봇]]: 링크 & 틀 정리',
    '내용 보강 -> 표 추가',
    '"출처" 추가',
  ],
  enwiki: [
    '',
    'copyedit',
    '/* History */ tidy',
    'typo',
    'recat',
    '[[WP:AWB|AWB]] cleanup & links',
    'expanded -> added table',
    'added "source"',
  ],
}
const editors: Readonly<Record<SampleWikiName, readonly string[]>> = {
  kowiki: ['표본지기', '느티나무', 'Hangang', '봄날의 책', '정리봇', 'Quill & Ink'],
  enwiki: ['Samplekeeper', 'Elm Tree', 'Riverside', 'Tidybot', 'Quill & Ink', 'Margin "Notes"'],
}

/** Both dumps of a wiki, each in id order. What does not change keeps id, revision and text. */
export function editionsOf(wiki: SampleWikiName, specs: readonly PageSpec[]): readonly [WikiPage[], WikiPage[]] {
  const ids = pageIds(wiki, specs)
  const dump = (edition: Edition) =>
    specs.flatMap((spec) => pageOf(wiki, spec, edition, ids)).sort((a, b) => a.id - b.id)
  return [dump(0), dump(1)]
}

function pageIds(wiki: SampleWikiName, specs: readonly PageSpec[]): ReadonlyMap<string, number> {
  const drawn = (spec: PageSpec) => hash(`${wiki}/${spec.slug}/order`) + (spec.editions[0] ? 0 : 2 ** 32)
  const ids = new Map<string, number>()
  let id = 4
  for (const spec of [...specs].sort((a, b) => drawn(a) - drawn(b) || (a.slug < b.slug ? -1 : 1))) {
    if (ids.has(spec.slug)) throw new Error(`two pages with the slug ${spec.slug} in ${wiki}`)
    id += 1 + (hash(`${wiki}/${spec.slug}/gap`) % 29)
    ids.set(spec.slug, id)
  }
  return ids
}

function pageOf(wiki: SampleWikiName, spec: PageSpec, edition: Edition, ids: ReadonlyMap<string, number>): WikiPage[] {
  const state = spec.editions[edition]
  if (!state) return []
  const [before] = spec.editions
  const changed = edition === 1 && (!before || before.text !== state.text || before.title !== state.title)
  const seed = `${wiki}/${spec.slug}`
  const original = firstRevision[wiki] + (hash(`${seed}/revision`) % 2_000_000)
  const id = ids.get(spec.slug)!
  return [
    {
      id,
      namespace: spec.namespace,
      title: state.title,
      text: state.text,
      ...(state.redirect ? { redirect: state.redirect } : {}),
      langlinks: state.langlinks,
      inArticlesDump: spec.inArticlesDump,
      revision: {
        id: changed ? firstRevision[wiki] + 2_500_000 + (hash(`${seed}/second`) % 400_000) : original,
        parentId:
          changed && before ? original : share(`${seed}/new`) < 0.1 ? undefined : original - 1 - (hash(seed) % 90_000),
        timestamp: changed ? moment(seed, Date.UTC(2026, 8, 2), 28) : moment(seed, Date.UTC(2024, 0, 1), 970),
        contributor: contributorOf(wiki, `${seed}/${changed}`),
        minor: share(`${seed}/minor${changed}`) < 0.2,
        comment: pick(`${seed}/comment${changed}`, editSummaries[wiki]),
      },
    },
  ]
}

function moment(seed: string, from: number, days: number): string {
  const seconds = hash(`${seed}/moment`) % (days * 86_400)
  return new Date(from + seconds * 1000).toISOString().replace('.000Z', 'Z')
}

function contributorOf(wiki: SampleWikiName, seed: string): WikiPage['revision']['contributor'] {
  const chance = share(`${seed}/who`)
  if (chance < 0.01) return { kind: 'hidden' }
  // 192.0.2.0/24 and 2001:DB8::/32 are kept for examples (RFC 5737, RFC 3849).
  if (chance < 0.05) return { kind: 'ip', ip: `192.0.2.${hash(seed) % 256}` }
  if (chance < 0.06) return { kind: 'ip', ip: `2001:DB8:0:0:0:0:0:${(hash(seed) % 65_536).toString(16).toUpperCase()}` }
  const name = pick(`${seed}/name`, editors[wiki])
  return { kind: 'user', name, id: 1000 + (hash(name) % 900_000) }
}
