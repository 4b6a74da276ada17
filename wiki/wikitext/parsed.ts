import type {
  ArticleLink,
  Coordinates,
  Gloss,
  Infobox,
  LanguageLink,
  RedirectTarget,
  Section,
} from '../../schemas/types.ts'
import type { Site } from '../site.ts'

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
  /** Empty where the page has none. */
  readonly shortDescription: string
  readonly hatnotes: readonly string[]
  readonly captions: readonly string[]
  readonly coordinates: Coordinates | null
  /** Lower-case names of the templates used, each once, in order. */
  readonly templates: readonly string[]
  readonly isMarkedDisambiguation: boolean
}

/**
 * The seam between the pages and whatever reads their markup. A parser never throws and needs time linear in the
 * text. `title` is for `{{PAGENAME}}` and for leads whose subject is not bold.
 */
export type WikitextParser = (text: string, site: Site, title: string) => ParsedWikitext
