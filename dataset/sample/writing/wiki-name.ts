import type { WikiName } from '../dump/siteinfo.ts'

/** The wikis of this sample; the formats of dump/ serve dataset/sample-ja too. */
export type SampleWikiName = Extract<WikiName, 'kowiki' | 'enwiki'>
