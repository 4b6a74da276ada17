/** What clean text must not hold: 22 kinds of markup or of its debris, counted by occurrence. */
export interface LeftOverKind {
  readonly name: string
  readonly pattern: RegExp
}

/** Names of the tags that MediaWiki and its extensions know; `<x>` of a formula or a listing is none. */
const tagNames =
  'abbr|b|bdi|big|blockquote|br|caption|center|chem|cite|code|dd|del|div|dl|dt|em|font|gallery|h[1-6]|hiero|hr|i|' +
  'imagemap|includeonly|inputbox|ins|kbd|li|mapframe|maplink|math|noinclude|nowiki|ol|onlyinclude|p|poem|pre|q|' +
  'references|ruby|rp|rt|s|samp|score|section|small|source|span|strike|strong|sub|sup|syntaxhighlight|table|' +
  'tbody|td|templatestyles|th|timeline|tr|tt|u|ul|var'

export const leftOverKinds: readonly LeftOverKind[] = [
  { name: '{{', pattern: /\{\{+/g },
  { name: '}}', pattern: /\}\}+/g },
  { name: '[[', pattern: /\[\[/g },
  { name: ']]', pattern: /\]\]/g },
  { name: '{|', pattern: /(?<!\{)\{\|/g },
  { name: '|}', pattern: /\|\}(?!\})/g },
  { name: 'table row', pattern: /^\s*(?:\|-|\|\+|\|\||\||!!|! ?\S+ ?=).*/gm },
  { name: '<ref', pattern: /<\/?ref\b/gi },
  { name: 'other tag', pattern: new RegExp(`</?(?:${tagNames})(?:\\s[^<>]*)?/?>|<!--|-->`, 'gi') },
  {
    name: 'thumb|',
    pattern:
      /(?<![\p{L}\p{N}])(?:thumb|thumbnail|frameless|upright|left|right|center|none|섬네일|썸네일|왼쪽|오른쪽|가운데|サムネイル|缩略图|縮圖|eļs)\s*\|/giu,
  },
  { name: 'px|', pattern: /\d\s?px\b/gi },
  { name: '&nbsp;', pattern: /&(?:amp;)*nbsp;/gi },
  { name: 'other entity', pattern: /&(?:amp;)*(?!nbsp;)(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});/gi },
  { name: "''", pattern: /''+/g },
  {
    name: 'style=',
    pattern: /\b(?:style|class|align|valign|colspan|rowspan|bgcolor|width|cellpadding)\s*=\s*["'\d]/gi,
  },
  { name: '__TOC__', pattern: /__[\p{Lu}\p{Lo}]{3,}__/gu },
  { name: '()', pattern: /[(（]\s*[)）]/g },
  { name: '( ; )', pattern: /[(（]\s*[,;:、，；]|[,;、，；]\s*[)）]/g },
  { name: '-{', pattern: /-\{|\}-/g },
  { name: '[http', pattern: /\[(?:https?:)?\/\/\S/gi },
  { name: 'line mark', pattern: /^(?:=+[^=\n]+=+\s*$|[*#:;]+(?=\s*\S))/gm },
  {
    name: 'File:',
    pattern: /(?<![\p{L}\p{N}])(?:File|Image|Category|파일|그림|분류|ファイル|画像|文件|Fails|Kategoreja):\S/gu,
  },
]

export interface LeftOver {
  readonly kind: string
  /** Where in the text, in UTF-16 units. */
  readonly at: number
  readonly length: number
}

/** TeX between its marks is content: its braces are no markup. Crossed out, so that places stay where they are. */
function withoutFormulas(text: string): string {
  return text.replace(/\\\(.*?\\\)|\\\[.*?\\\]/gs, (formula) => 'x'.repeat(formula.length))
}

export function leftOversIn(source: string): LeftOver[] {
  const text = withoutFormulas(source)
  return leftOverKinds.flatMap(({ name, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ kind: name, at: match.index, length: match[0].length })),
  )
}

/** The place with some text around it, on one line. */
export function contextOf(text: string, { at, length }: Pick<LeftOver, 'at' | 'length'>, around = 50): string {
  const before = text.slice(Math.max(0, at - around), at)
  const found = text.slice(at, at + Math.min(length, 60))
  const after = text.slice(at + found.length, at + found.length + around)
  return `${before}»${found}«${after}`.replaceAll('\n', '⏎')
}
