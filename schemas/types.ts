// Derived from schemas/*.avsc by schemas/generate.ts. Do not edit.

/** How often one page links to a target under a surface form. */
export interface AnchorCount {
  /** Wiki of the link. */
  readonly wiki: string
  /** Language of the surface. */
  readonly language: string
  /** Folded surface: links under the same key are counted against each other. */
  readonly surfaceKey: string
  /** Surface as written. */
  readonly surface: string
  /** Title of the linked page. */
  readonly target: string
  /** Links, ≥ 1. */
  readonly count: number
  /** Page that holds the links. */
  readonly pageId: number
  /** Its revision. */
  readonly revisionId: number
  /** The link text with the particle that surface lacks; empty where nothing was taken off. */
  readonly written: string
  /** Where the first such link text begins in the evidence page's text (articles.jsonl: lead, a blank line, sections), in UTF-16 code units as in JavaScript; null where it was not found there. */
  readonly offset: number | null
}

/** A page of a wiki, taken apart. Redirects, disambiguation pages and lists are articles too, told apart by kind. */
export interface Article {
  /** Database name of the wiki. */
  readonly wiki: string
  /** Language of the text. */
  readonly language: string
  /** Page id, stable over edits and moves. */
  readonly pageId: number
  /** Revision that was read. */
  readonly revisionId: number
  /** Time of that revision, ISO 8601 UTC. */
  readonly timestamp: string
  /** Title with spaces, as shown. */
  readonly title: string
  /** What sort of page it is. */
  readonly kind: ArticleKind
  /** Set when kind is redirect. */
  readonly redirect: RedirectTarget | null
  /** Plain text of the section before the first heading, paragraphs parted by a blank line. */
  readonly lead: string
  /** Sections after the lead. */
  readonly sections: readonly Section[]
  /** Links to other articles. */
  readonly links: readonly ArticleLink[]
  /** Bold phrases of the first paragraph. */
  readonly boldNames: readonly string[]
  /** Glosses of the title. */
  readonly glosses: readonly Gloss[]
  /** Infoboxes. */
  readonly infoboxes: readonly Infobox[]
  /** Category names without the namespace. */
  readonly categories: readonly string[]
  /** Inline interlanguage links. */
  readonly languageLinks: readonly LanguageLink[]
  /** Number of <ref> notes, which are dropped from the text. */
  readonly references: number
  /** Length of the wikitext in UTF-8 bytes. */
  readonly textBytes: number
  /** Namespace number; 0 for articles. */
  readonly namespace: number
  /** What the page says of itself for lists and search; empty where it says nothing. */
  readonly shortDescription: string
  /** Notes above the lead or a section that say what else is meant or where more is said; not part of the prose. */
  readonly hatnotes: readonly string[]
  /** Captions of files and galleries. */
  readonly captions: readonly string[]
  /** Where the subject of the page lies: the coordinates beside its title, else the first that a sentence or infobox states. */
  readonly coordinates: Coordinates | null
}

export type ArticleKind = 'article' | 'redirect' | 'disambiguation' | 'list' | 'stub'

/** Where a redirect leads. */
export interface RedirectTarget {
  /** Title of the target page. */
  readonly target: string
  /** Section of the target; null for the page as a whole. */
  readonly section: string | null
  /** Lower-case names of the templates below the link, which say what sort of redirect it is, such as r from misspelling. */
  readonly templates: readonly string[]
}

/** A section in reading order; the lead is not among them. */
export interface Section {
  /** Plain text of the heading. */
  readonly heading: string
  /** 2 for == … ==; 1 to 6. */
  readonly level: number
  /** Plain text. */
  readonly text: string
}

/** Links to one article under one surface form. */
export interface ArticleLink {
  /** Normalised title without section. */
  readonly target: string
  /** What the reader sees, with the letters that follow the brackets directly. */
  readonly surface: string
  /** How often, ≥ 1. */
  readonly count: number
}

/** A name in another language or script, from the first bracket after the title's name in the lead. */
export interface Gloss {
  /** ISO 639 code; und where Latin letters stand unlabelled; hanja. */
  readonly language: string
  /** The name. */
  readonly text: string
}

/** A template that lists facts. */
export interface Infobox {
  /** Template name. */
  readonly name: string
  /** Plain text by parameter; empty ones are left out. */
  readonly fields: { readonly [key: string]: string }
}

/** An interlanguage link in the text, as old dumps have it. */
export interface LanguageLink {
  /** Language prefix. */
  readonly language: string
  /** Title there. */
  readonly title: string
}

/** A place on the Earth, WGS 84. */
export interface Coordinates {
  /** Degrees north, −90 to 90. */
  readonly latitude: number
  /** Degrees east, −180 to 180. */
  readonly longitude: number
}

/** A state of training: a new best on the way, or what training ended with. */
export interface Checkpoint {
  /** Name of the model. */
  readonly model: string
  /** Optimiser steps taken. */
  readonly step: number
  /** Folder of the checkpoint, relative to the file store. */
  readonly address: string
  /** Hash of the checkpoint's state file, which holds the hashes of the other files. */
  readonly sha256: string
  /** Validation figures by name, as of its step. */
  readonly metrics: { readonly [key: string]: number }
  /** False for a new best on the way: others follow. */
  readonly final: boolean
}

/** An event, or a part of one, that could not be processed, with everything needed to judge and to retry it. */
export interface DeadLetter {
  /** Service that gave up. */
  readonly service: string
  /** Error code, such as XML_MALFORMED. */
  readonly code: string
  /** What happened. */
  readonly message: string
  /** What to try. */
  readonly hint: string | null
  /** Message of the underlying error. */
  readonly cause: string | null
  /** Where: file, byte offset, page. */
  readonly place: string
  /** Topic of the event. */
  readonly topic: string
  /** Partition of the event. */
  readonly partition: number
  /** Offset of the event. */
  readonly offset: number
  /** Key of the event. */
  readonly key: string
  /** The event as it was on the wire; null for a part of an event that was otherwise processed. */
  readonly value: Buffer | null
}

/** A part of an articles file: the unit of work that is read, parsed and committed as one. */
export interface DumpChunk {
  /** Database name of the wiki. */
  readonly wiki: string
  /** Language of the wiki's text. */
  readonly language: string
  /** Date of the dump. */
  readonly date: string
  /** The articles file. */
  readonly address: string
  /** Number of the chunk in the file, from 0. */
  readonly chunk: number
  /** First byte of the range. */
  readonly start: number
  /** Byte after the range; > start. */
  readonly end: number
  /** The siteinfo of the file's header as JSON; null where the file begins without one. */
  readonly siteinfo: string | null
  /** Pages that the multistream index promises in this range; null without an index. */
  readonly expectedPages: number | null
  /** Stop after this many pages, where the run is limited; null for all. */
  readonly maxPages: number | null
  /** Set where the range is cut at blocks: it owns the pages that begin in them. Null where it holds whole streams, or is the whole file. */
  readonly blocks: BlockRange | null
  /** Pages with ids from this one on, below `nextPageId`, lie in this range if they are in the dump at all; null where no index tells. */
  readonly firstPageId: number | null
  /** Where the next range begins; null for the last one, and without an index. */
  readonly nextPageId: number | null
}

/** The blocks of a part of a bz2 file that begins and ends inside of streams. */
export interface BlockRange {
  /** Bit of the byte `start`, 0 to 7, at which its first block begins. */
  readonly startBit: number
  /** Bit of the byte `end`, 0 to 7, at which the block after its last begins. */
  readonly endBit: number
}

/** One verified file of a Wikimedia dump that a stage can work on by itself, with the files it needs beside it. */
export interface DumpFile {
  /** Database name of the wiki, such as kowiki. */
  readonly wiki: string
  /** ISO 639-1 language of the wiki's text, such as ko. */
  readonly language: string
  /** Date of the dump as YYYYMMDD; "undated" for a lone file. */
  readonly date: string
  /** articles: page texts; langlinks: the interlanguage link table; wikidata: the table wb_items_per_site. */
  readonly kind: DumpFileKind
  /** Where the file lies: a path relative to the file store, or absolute. */
  readonly address: string
  /** Size on disk in bytes, ≥ 0. */
  readonly bytes: number
  /** Lower-case hexadecimal SHA-1 that was verified; null where the dump publishes none. */
  readonly sha1: string | null
  /** articles: the multistream index; null where there is none. */
  readonly indexAddress: string | null
  /** langlinks: the page table of the same wiki, which turns page ids into titles. */
  readonly pageTableAddress: string | null
}

export type DumpFileKind = 'articles' | 'langlinks' | 'wikidata'

/** One piece of evidence. */
export interface Evidence {
  /** How the two were joined. */
  readonly rule: SynonymRule
  /** Left term as written there. */
  readonly leftSurface: string
  /** Right term as written there. */
  readonly rightSurface: string
  /** Left page that it rests on; empty for an existing list. */
  readonly leftTitle: string
  /** Right page; empty for an existing list. */
  readonly rightTitle: string
  /** Observations. */
  readonly count: number
  /** anchor: P(page | surface); entity: likeness of the two spellings, 0 to 1; null for other rules. */
  readonly share: number | null
  /** Wiki. */
  readonly wiki: string
  /** Page. */
  readonly pageId: number
  /** Revision. */
  readonly revisionId: number
  /** The name as it stands there: with particle, qualifier or label; empty where nothing was taken off. */
  readonly written: string
  /** Where the written form begins in the evidence page's text (articles.jsonl: lead, a blank line, sections), in UTF-16 code units as in JavaScript; null for what is no part of the text, such as tables, redirects and infoboxes. */
  readonly offset: number | null
  /** What the rule saw beside the name. langlink, wikidata: mutual where both wikis say so, one_sided, inline for a link in the text, empty where the other wiki was not asked; redirect: the sort of alias; infobox: the parameter; entity: same_item or sound; empty for other rules. */
  readonly detail: string
}

/** A published model folder. */
export interface ModelExport {
  /** Name of the model. */
  readonly model: string
  /** Optimiser steps of the checkpoint behind it. */
  readonly step: number
  /** Folder, relative to the file store. */
  readonly address: string
  /** Hash of onnx/model.onnx. */
  readonly sha256: string
  /** Largest difference of a term weight between training graph and export, over the parity texts. */
  readonly maxAbsoluteDifference: number
  /** Texts compared. */
  readonly parityTexts: number
  /** Hash of the state file of the checkpoint behind it; empty in exports of before. */
  readonly checkpoint: string
  /** Hash of manifest.json, which holds those of all files. */
  readonly manifestSha256: string
  /** What it is made of: onnx, torchscript, huggingface, opensearch. */
  readonly formats: readonly string[]
  /** How queries are encoded: model, or idf for a table of inverse document frequencies. */
  readonly queryEncoding: string
  /** Terms of its vectors. */
  readonly vocabularySize: number
  /** Longest text in tokens. */
  readonly maxLength: number
  /** Base64 of the Ed25519 public key that signed the manifest; null: not signed. */
  readonly signedBy: string | null
  /** False for a new best on the way: others follow. */
  readonly final: boolean
}

/** What the lead of a page speaks of by name. */
export interface PageMentions {
  /** Wiki of the page. */
  readonly wiki: string
  /** Title of the page. */
  readonly title: string
  /** Language of its text. */
  readonly language: string
  /** The page. */
  readonly pageId: number
  /** Its revision. */
  readonly revisionId: number
  /** In the order of the text, each name once. */
  readonly mentions: readonly Mention[]
}

/** A name in the text of another page. */
export interface Mention {
  /** The name, without particles. */
  readonly surface: string
  /** Title of the page that it links to; null for a name that is no link. */
  readonly target: string | null
  /** Where it begins in the text of the page (articles.jsonl: lead, a blank line, sections), in UTF-16 code units as in JavaScript; null where it was not found there. */
  readonly offset: number | null
}

/** A name under which a page is known, in its own language or another, and the rule that says so. */
export interface PageName {
  /** Wiki of the named page. */
  readonly wiki: string
  /** Title of the named page. */
  readonly title: string
  /** The name. */
  readonly name: string
  /** Language of the name. */
  readonly nameLanguage: string
  /** langlink, inline_langlink, wikidata: title of the mate in another wiki; redirect, anchor, bold: alias in the own language; gloss: foreign name in the lead; infobox: either. */
  readonly rule: NameRule
  /** Observations behind it, ≥ 1. */
  readonly count: number
  /** anchor: P(page | surface), 0 to 1; null for other rules. */
  readonly share: number | null
  /** Wiki of the page that is the evidence. */
  readonly evidenceWiki: string
  /** Page that is the evidence (for anchors the lowest of them). */
  readonly evidencePageId: number
  /** Its revision; 0 where a table gives none. */
  readonly evidenceRevisionId: number
  /** The name as it stands there: with particle, qualifier or label; empty where nothing was taken off. */
  readonly written: string
  /** Where the written form begins in the evidence page's text (articles.jsonl: lead, a blank line, sections), in UTF-16 code units as in JavaScript; null for what is no part of the text, such as tables, redirects and infoboxes. */
  readonly offset: number | null
  /** What the rule saw beside the name. langlink, wikidata: mutual where both wikis say so, one_sided, inline for a link in the text, empty where the other wiki was not asked; redirect: the sort of alias; infobox: the parameter; entity: same_item or sound; empty for other rules. */
  readonly detail: string
}

export type NameRule = 'langlink' | 'inline_langlink' | 'redirect' | 'anchor' | 'bold' | 'gloss' | 'wikidata' | 'infobox'

/** One figure of an evaluation. */
export interface Score {
  /** Model evaluated. */
  readonly model: string
  /** Task, such as synonyms or title-lead. */
  readonly task: string
  /** neural-sparse or the name of a baseline. */
  readonly system: string
  /** Languages of query and pool, such as ko→en. */
  readonly direction: string
  /** all, or a part of the queries such as names or common nouns. */
  readonly stratum: string
  /** hit@1, mrr@10, recall@10 and so on. */
  readonly metric: string
  /** The figure. */
  readonly value: number
  /** Queries it rests on. */
  readonly queries: number
  /** Documents searched. */
  readonly pool: number
}

/** What a pair means where it rests on these two pages. */
export interface Sense {
  /** Left page; empty for a list, which names no pages. */
  readonly leftTitle: string
  /** Right page; empty for a list. */
  readonly rightTitle: string
  /** Probability that the pair is right in this sense, 0 to 1. */
  readonly confidence: number
}

/** Side of the split that a cluster is on. */
export type Split = 'train' | 'val' | 'test'

/** A pair in one sense, with the cluster of names it belongs to and the side of the split that the cluster is on. */
export interface Synonym {
  /** Folded left term, a tab, folded right term. */
  readonly pairKey: string
  /** Best form of the left term in this sense. */
  readonly left: Term
  /** Best form of the right term in this sense. */
  readonly right: Term
  /** Probability that the pair is right in this sense, 0 to 1. */
  readonly confidence: number
  /** The evidence of this sense, sorted. */
  readonly evidence: readonly Evidence[]
  /** Identifier of what is named: pages that links join, under all their names. */
  readonly cluster: string
  /** Side of the split; a whole group is always on one side. */
  readonly split: Split
  /** Identifier of the clusters that share a name with one another, through any number of steps; empty in events of older versions. */
  readonly group: string
}

/** One piece of evidence that a left term and a right term name the same thing. */
export interface SynonymCandidate {
  /** Folded left term, a tab, folded right term. */
  readonly pairKey: string
  /** Term in the pair's first language. */
  readonly left: Term
  /** Term in the pair's second language. */
  readonly right: Term
  /** How the two were joined. */
  readonly rule: SynonymRule
  /** Observations behind it, ≥ 1. */
  readonly count: number
  /** anchor: P(page | surface); entity: likeness of the two spellings, 0 to 1; null for other rules. */
  readonly share: number | null
  /** Wiki of the evidence; "file" for an existing list. */
  readonly evidenceWiki: string
  /** Page of the evidence; line number for an existing list. */
  readonly evidencePageId: number
  /** Revision of the evidence; 0 where there is none. */
  readonly evidenceRevisionId: number
  /** The name as it stands there: with particle, qualifier or label; empty where nothing was taken off. */
  readonly written: string
  /** Where the written form begins in the evidence page's text (articles.jsonl: lead, a blank line, sections), in UTF-16 code units as in JavaScript; null for what is no part of the text, such as tables, redirects and infoboxes. */
  readonly offset: number | null
  /** What the rule saw beside the name. langlink, wikidata: mutual where both wikis say so, one_sided, inline for a link in the text, empty where the other wiki was not asked; redirect: the sort of alias; infobox: the parameter; entity: same_item or sound; empty for other rules. */
  readonly detail: string
  /** True where the evidence is gone: an update says so with the very fields of the candidate that it takes back. */
  readonly retracted: boolean
  /** Language of the page that it was found for: what is said of a page and its mate is found for both, and is gone when neither has it; empty where it is found once. */
  readonly side: string
}

/** A pair with all of its evidence so far; the last event of a key is the pair as it stands. */
export interface SynonymPair {
  /** Folded left term, a tab, folded right term. */
  readonly pairKey: string
  /** Best form of the left term. */
  readonly left: Term
  /** Best form of the right term. */
  readonly right: Term
  /** Probability that the pair is right in its surest sense, 0 to 1. */
  readonly confidence: number
  /** All evidence, sorted. */
  readonly evidence: readonly Evidence[]
  /** One for each pair of pages that it rests on, surest first. */
  readonly senses: readonly Sense[]
}

/** How two terms were joined: by interlanguage link, by a Wikidata item, by an alias of one of two linked pages, by being named in both of two linked pages, or by an existing list. */
export type SynonymRule = 'langlink' | 'redirect' | 'anchor' | 'bold' | 'gloss' | 'existing' | 'wikidata' | 'infobox' | 'entity'

/** A name in one language and the page it comes from. */
export interface Term {
  /** Language. */
  readonly language: string
  /** The name, without qualifier. */
  readonly surface: string
  /** Title of the page; empty for an existing list. */
  readonly title: string
  /** Qualifier of the title, such as 음악 or planet. */
  readonly domain: string | null
}

/** A query, the document that answers it, and documents that look alike but do not. */
export interface TrainingExample {
  /** Stable identifier. */
  readonly exampleId: string
  /** synonym: term → term; title_lead and alias_lead: name → lead of the other or the own language; lead_pair: lead → lead; span_lead: a rare word of a lead → that lead. */
  readonly kind: ExampleKind
  /** Cluster of the query and the positive document. */
  readonly cluster: string
  /** Side of the split. */
  readonly split: Split
  /** Language of the query. */
  readonly queryLanguage: string
  /** Language of the positive document. */
  readonly documentLanguage: string
  /** Query text. */
  readonly query: string
  /** Document that answers the query. */
  readonly positiveDoc: string
  /** BM25 hard negatives, hardest first. */
  readonly negativeDocs: readonly string[]
  /** Pairs of the cluster, for the cross-lingual loss. */
  readonly synonymPairs: readonly TermPair[]
  /** A teacher's scores of the positive document and of the negatives, in their order; empty without a teacher. */
  readonly teacherScores: readonly number[]
}

export type ExampleKind = 'synonym' | 'title_lead' | 'alias_lead' | 'lead_pair' | 'span_lead'

/** Two terms that mean the same. */
export interface TermPair {
  /** Left term. */
  readonly left: string
  /** Right term. */
  readonly right: string
}

/** Every record schema by its name. */
export interface Schemas {
  readonly AnchorCount: AnchorCount
  readonly Article: Article
  readonly Checkpoint: Checkpoint
  readonly DeadLetter: DeadLetter
  readonly DumpChunk: DumpChunk
  readonly DumpFile: DumpFile
  readonly Evidence: Evidence
  readonly ModelExport: ModelExport
  readonly PageMentions: PageMentions
  readonly PageName: PageName
  readonly Score: Score
  readonly Sense: Sense
  readonly Synonym: Synonym
  readonly SynonymCandidate: SynonymCandidate
  readonly SynonymPair: SynonymPair
  readonly Term: Term
  readonly TrainingExample: TrainingExample
}

export type SchemaName = keyof Schemas
