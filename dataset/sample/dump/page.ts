/** One page of a wiki as its dump holds it: exactly one revision, the current one. */
export interface WikiPage {
  readonly id: number
  readonly namespace: number
  /** Full title with spaces and, outside namespace 0, the prefix: `틀:원소 정보`. */
  readonly title: string
  readonly text: string
  readonly redirect?: RedirectTarget
  readonly revision: Revision
  /** Interlanguage links as the langlinks table has them: language code → title with spaces. */
  readonly langlinks: Readonly<Record<string, string>>
  /** False for namespaces that pages-articles leaves out (talk, user) but page.sql keeps. */
  readonly inArticlesDump: boolean
}

export interface RedirectTarget {
  readonly title: string
  readonly namespace: number
  readonly fragment: string
}

export interface Revision {
  readonly id: number
  readonly parentId: number | undefined
  /** ISO 8601, seconds, UTC: `2026-08-03T04:05:06Z`. */
  readonly timestamp: string
  readonly contributor: Contributor
  readonly minor: boolean
  readonly comment: string
}

export type Contributor =
  | { readonly kind: 'user'; readonly name: string; readonly id: number }
  | { readonly kind: 'ip'; readonly ip: string }
  | { readonly kind: 'hidden' }
