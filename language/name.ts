/** What may be a name of a page: the same rule for titles, redirects, anchors and glosses. */

/** A key longer than this would not fit a store, and no name is that long (titles end at 255 bytes). */
const longestNameBytes = 255
const longestNameWords = 8
const pronouns = new Set(
  '이것 그것 저것 이곳 그곳 저곳 이 그 저 여기 거기 다음 이전 자세히 보기 위 아래 앞 뒤 here this that it they he she see more next previous above below list article edit'.split(
    ' ',
  ),
)
/** 1984년, 3월 1일, 1980년대, 12세기, 1990s, 5th century, March 1: names of times, which no dictionary needs. */
const times =
  /^(?:(?:기원전 )?\d+(?:년|월|일|세기|년대)(?: ?\d+(?:월|일))*|\d+s?|\d+(?:st|nd|rd|th) century(?: bce?)?|\d+ bce?|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+)?)$/
const lists = /^(?:list|lists|outline|index|timeline|glossary) of |(?:의|별)? ?목록$/

export type NotAName = 'empty' | 'too_long' | 'no_letter' | 'pronoun' | 'time' | 'list'

/** Why a text is no name, or undefined where it may be one. */
export function whyNotAName(text: string): NotAName | undefined {
  const name = text.trim().toLowerCase()
  if (name === '') return 'empty'
  if (Buffer.byteLength(name) > longestNameBytes || name.split(/\s+/).length > longestNameWords) return 'too_long'
  if (times.test(name)) return 'time'
  if (!/\p{L}/u.test(name)) return 'no_letter'
  if (pronouns.has(name)) return 'pronoun'
  return lists.test(name) ? 'list' : undefined
}
