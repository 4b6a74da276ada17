export type WikiName = 'kowiki' | 'enwiki' | 'jawiki'

interface Site {
  readonly language: 'ko' | 'en' | 'ja'
  readonly sitename: string
  readonly base: string
  readonly namespaces: ReadonlyMap<number, string>
}

const sharedNames: readonly (readonly [number, string])[] = [
  [710, 'TimedText'],
  [711, 'TimedText talk'],
]
const eventNames: readonly (readonly [number, string])[] = [
  [1728, 'Event'],
  [1729, 'Event talk'],
]

export const sites: Readonly<Record<WikiName, Site>> = {
  kowiki: {
    language: 'ko',
    sitename: '위키백과',
    base: 'https://ko.wikipedia.org/wiki/%EC%9C%84%ED%82%A4%EB%B0%B1%EA%B3%BC:%EB%8C%80%EB%AC%B8',
    namespaces: new Map([
      [-2, '미디어'],
      [-1, '특수'],
      [0, ''],
      [1, '토론'],
      [2, '사용자'],
      [3, '사용자토론'],
      [4, '위키백과'],
      [5, '위키백과토론'],
      [6, '파일'],
      [7, '파일토론'],
      [8, '미디어위키'],
      [9, '미디어위키토론'],
      [10, '틀'],
      [11, '틀토론'],
      [12, '도움말'],
      [13, '도움말토론'],
      [14, '분류'],
      [15, '분류토론'],
      [100, '포털'],
      [101, '포털토론'],
      [102, '위키프로젝트'],
      [103, '위키프로젝트토론'],
      [118, '초안'],
      [119, '초안토론'],
      ...sharedNames,
      [828, '모듈'],
      [829, '모듈토론'],
      ...eventNames,
    ]),
  },
  jawiki: {
    language: 'ja',
    sitename: 'Wikipedia',
    base: 'https://ja.wikipedia.org/wiki/%E3%83%A1%E3%82%A4%E3%83%B3%E3%83%9A%E3%83%BC%E3%82%B8',
    namespaces: new Map([
      [-2, 'メディア'],
      [-1, '特別'],
      [0, ''],
      [1, 'ノート'],
      [2, '利用者'],
      [3, '利用者‐会話'],
      [4, 'Wikipedia'],
      [5, 'Wikipedia‐ノート'],
      [6, 'ファイル'],
      [7, 'ファイル‐ノート'],
      [8, 'MediaWiki'],
      [9, 'MediaWiki‐ノート'],
      [10, 'Template'],
      [11, 'Template‐ノート'],
      [12, 'Help'],
      [13, 'Help‐ノート'],
      [14, 'Category'],
      [15, 'Category‐ノート'],
      [100, 'Portal'],
      [101, 'Portal‐ノート'],
      [102, 'プロジェクト'],
      [103, 'プロジェクト‐ノート'],
      ...sharedNames,
      [828, 'モジュール'],
      [829, 'モジュール‐ノート'],
    ]),
  },
  enwiki: {
    language: 'en',
    sitename: 'Wikipedia',
    base: 'https://en.wikipedia.org/wiki/Main_Page',
    namespaces: new Map([
      [-2, 'Media'],
      [-1, 'Special'],
      [0, ''],
      [1, 'Talk'],
      [2, 'User'],
      [3, 'User talk'],
      [4, 'Wikipedia'],
      [5, 'Wikipedia talk'],
      [6, 'File'],
      [7, 'File talk'],
      [8, 'MediaWiki'],
      [9, 'MediaWiki talk'],
      [10, 'Template'],
      [11, 'Template talk'],
      [12, 'Help'],
      [13, 'Help talk'],
      [14, 'Category'],
      [15, 'Category talk'],
      [100, 'Portal'],
      [101, 'Portal talk'],
      [118, 'Draft'],
      [119, 'Draft talk'],
      ...sharedNames,
      [828, 'Module'],
      [829, 'Module talk'],
      ...eventNames,
    ]),
  },
}

const schema = 'http://www.mediawiki.org/xml/export-0.11'

/** The first stream of a multistream dump: everything before the first page, schema 0.11. */
export function dumpHeader(wiki: WikiName): string {
  const site = sites[wiki]
  const namespaces = [...site.namespaces].map(([key, name]) =>
    name === ''
      ? `      <namespace key="${key}" case="first-letter" />`
      : `      <namespace key="${key}" case="first-letter">${name}</namespace>`,
  )
  return [
    `<mediawiki xmlns="${schema}/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${schema}/ ${schema}.xsd" version="0.11" xml:lang="${site.language}">`,
    '  <siteinfo>',
    `    <sitename>${site.sitename}</sitename>`,
    `    <dbname>${wiki}</dbname>`,
    `    <base>${site.base}</base>`,
    '    <generator>MediaWiki 1.47.0-wmf.1</generator>',
    '    <case>first-letter</case>',
    '    <namespaces>',
    ...namespaces,
    '    </namespaces>',
    '  </siteinfo>',
    '',
  ].join('\n')
}
