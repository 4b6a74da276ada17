import type { Site } from '../site.ts'

/** Options of file links that other links might have as text: they tell no file. Sources: siteinfo of enwiki and kowiki. */
const words = new Set(
  (
    'left right center centre none border frame enframed baseline sub super sup top text-top middle bottom text-bottom ' +
    '왼쪽 오른쪽 가운데 없음 테두리 프레임 밑줄 위첨자 아래첨자 위 중간 아래 글자위 글자아래 텍스트위 텍스트아래 위오른쪽 좌 우'
  ).split(' '),
)
const sized = /^\d*(?:x\d+)?\s*(?:px|픽셀)+$/i
const named =
  /^(?:alt|link|lang|page|class|upright|thumb|thumbnail|frame|대체글|링크|언어|문서|클래스|위로|섬네일|썸네일|축소판|위오른쪽|lossy|thumbtime|start|end)\s*=|^(?:page|upright) [\d.]+$/i

/**
 * What a part of a file link is: `word` where only file links have it, `other` for further options, undefined for a
 * caption. A long `name=value` may be cut after its `=`.
 */
export function imageOption(part: string, site: Site): 'word' | 'other' | undefined {
  const option = part.trim()
  if (site.words.some(({ imageWords }) => imageWords.includes(option))) return 'word'
  return option === '' || words.has(option.toLowerCase()) || sized.test(option) || named.test(option)
    ? 'other'
    : undefined
}
