import type { Site } from '../site.ts'

export interface Section {
  /** Plain text. */
  readonly heading: string
  /** 2 for `== … ==`; 1 to 6. */
  readonly level: number
  /** Plain text; a line feed between lines, a blank line between paragraphs. */
  readonly text: string
}

/** Links to one article under one surface form. */
export interface ArticleLink {
  /** Normalised title without section. */
  readonly target: string
  /** What the reader sees, with the letters that follow the brackets directly. */
  readonly surface: string
  readonly count: number
}

/** A name in another language or script, from the first bracket after the title's name in the lead. */
export interface Gloss {
  /** ISO 639 code, `und` where Latin letters stand unlabelled, or `hanja`. */
  readonly language: string
  readonly text: string
}

export interface Infobox {
  /** Template name as written. */
  readonly name: string
  /** Plain text by parameter; empty ones are left out. */
  readonly fields: Readonly<Record<string, string>>
}

export interface LanguageLink {
  readonly language: string
  readonly title: string
}

export interface RedirectTarget {
  readonly target: string
  readonly section: string | null
}

/** What a parser finds in the source of one page. */
export interface ParsedWikitext {
  readonly redirect: RedirectTarget | null
  /** Plain text before the first heading. */
  readonly lead: string
  /** In reading order, without the lead; sections whose text is empty are kept for their heading. */
  readonly sections: readonly Section[]
  /** In order of first appearance. */
  readonly links: readonly ArticleLink[]
  readonly boldNames: readonly string[]
  readonly glosses: readonly Gloss[]
  readonly infoboxes: readonly Infobox[]
  /** Without namespace and sort key. */
  readonly categories: readonly string[]
  readonly languageLinks: readonly LanguageLink[]
  /** Number of `<ref>` notes. */
  readonly references: number
  /** Lower-case names of the templates used, each once, in order. */
  readonly templates: readonly string[]
  readonly isMarkedDisambiguation: boolean
}

/**
 * The seam between the pages and whatever reads their markup. A parser never throws and needs time linear in the
 * text. `title` is for `{{PAGENAME}}` and for leads whose subject is not bold.
 */
export type WikitextParser = (text: string, site: Site, title: string) => ParsedWikitext
