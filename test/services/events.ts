/** Events small enough to be worked out by hand; what a test does not care about has a plain value. */
import { termOf } from '../../language/term.ts'
import { foldTitle } from '../../language/title.ts'
import type {
  Article,
  Evidence,
  PageName,
  Synonym,
  SynonymCandidate,
  SynonymPair,
  SynonymRule,
  TrainingExample,
} from '../../schemas/types.ts'

export function articleOf(language: string, pageId: number, title: string, set: Partial<Article> = {}): Article {
  return {
    wiki: `${language}wiki`,
    language,
    pageId,
    revisionId: pageId * 10,
    timestamp: '2026-09-01T00:00:00Z',
    title,
    kind: 'article',
    redirect: null,
    lead: '',
    sections: [],
    links: [],
    boldNames: [],
    glosses: [],
    infoboxes: [],
    categories: [],
    languageLinks: [],
    references: 0,
    textBytes: 0,
    namespace: 0,
    shortDescription: '',
    hatnotes: [],
    captions: [],
    coordinates: null,
    ...set,
  }
}

/** A name of a page that the page itself says. */
export function pageNameOf(wiki: string, title: string, name: string, set: Partial<PageName> = {}): PageName {
  return {
    wiki,
    title,
    name,
    nameLanguage: wiki.slice(0, 2),
    rule: 'redirect',
    count: 1,
    share: null,
    evidenceWiki: wiki,
    evidencePageId: 1,
    evidenceRevisionId: 10,
    written: '',
    offset: null,
    detail: '',
    ...set,
  }
}

/** Evidence that a Korean and an English name are one, from the pages of the same titles unless told otherwise. */
export function candidateOf(korean: string, english: string, set: Partial<SynonymCandidate> = {}): SynonymCandidate {
  return {
    pairKey: keyOf(korean, english),
    left: termOf('ko', korean, korean),
    right: termOf('en', english, english),
    rule: 'langlink',
    count: 1,
    share: null,
    evidenceWiki: 'kowiki',
    evidencePageId: 1,
    evidenceRevisionId: 10,
    written: '',
    offset: null,
    detail: '',
    retracted: false,
    side: '',
    ...set,
  }
}

export function evidenceOf(leftTitle: string, rightTitle: string, set: Partial<Evidence> = {}): Evidence {
  return {
    rule: 'langlink',
    leftSurface: leftTitle,
    rightSurface: rightTitle,
    leftTitle,
    rightTitle,
    count: 1,
    share: null,
    wiki: 'kowiki',
    pageId: 1,
    revisionId: 10,
    written: '',
    offset: null,
    detail: '',
    ...set,
  }
}

/** A pair of names, resting on a page pair by one rule. */
export function pairOf(
  korean: string,
  english: string,
  pages: readonly [string, string] = [korean, english],
  rule: SynonymRule = 'langlink',
): SynonymPair {
  return {
    pairKey: keyOf(korean, english),
    left: termOf('ko', korean, pages[0]),
    right: termOf('en', english, pages[1]),
    confidence: 0.95,
    evidence: [evidenceOf(...pages, { rule, leftSurface: korean, rightSurface: english, pageId: numberOf(pages[0]) })],
    senses: [{ leftTitle: pages[0], rightTitle: pages[1], confidence: 0.95 }],
  }
}

export function synonymOf({ senses: _, ...pair }: SynonymPair, set: Partial<Synonym> = {}): Synonym {
  const cluster = pair.pairKey.replace('\t', '=')
  return { ...pair, cluster, group: cluster, split: 'train', ...set }
}

export function exampleOf(exampleId: string, set: Partial<TrainingExample> = {}): TrainingExample {
  return {
    exampleId,
    kind: 'synonym',
    cluster: exampleId,
    split: 'train',
    queryLanguage: 'ko',
    documentLanguage: 'en',
    query: '물',
    positiveDoc: 'water',
    negativeDocs: ['fire'],
    synonymPairs: [{ left: '물', right: 'water' }],
    teacherScores: [],
    ...set,
  }
}

/** A number of its own for a page. */
export function numberOf(title: string): number {
  return [...title].reduce((sum, letter) => (sum * 131 + (letter.codePointAt(0) ?? 0)) % 1e9, 7)
}

function keyOf(korean: string, english: string): string {
  return `${foldTitle(korean)}\t${foldTitle(english)}`
}
