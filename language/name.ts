/** What may be a name of a page: the same rule for titles, redirects, anchors and glosses. */
import { inflectionsOf } from './korean.ts'

/** A key longer than this would not fit a store, and no name is that long (titles end at 255 bytes). */
const longestNameBytes = 255
const longestNameWords = 8
/** Pronouns and what else points instead of naming; Korean ones come with particles (그것은, 이들의). */
const pronouns = new Set(
  (
    '이것 그것 저것 이것들 그것들 이들 그들 저들 그녀 그녀들 우리 우리들 저희 당신 자신 자기 본인 이분 그분 저분 이쪽 그쪽 저쪽 이때 그때 ' +
    '이곳 그곳 저곳 여기 거기 저기 무엇 누구 어디 언제 전자 후자 양자 이후 이전 이하 이상 다음 다른 해당 동명 이 그 저 나 너 위 아래 앞 뒤 ' +
    '바로가기 목록 일람'
  ).split(' '),
)
const pointers = new Set([
  ...'이 문서|본 문서|해당 문서|이 항목|자세한 내용|더 보기|자세히 보기|공식 홈페이지|공식 웹사이트|공식 사이트'.split(
    '|',
  ),
  ...(
    'i you he she it we they me him her us them my your his its our their mine yours hers ours theirs himself herself itself ' +
    'themselves this that these those here there who whom whose which what where when one ones another other others former latter ' +
    'same such both either neither each next previous above below list article edit more see'
  ).split(' '),
  ...'see also|see more|read more|this article|this page|this list|the former|the latter|the same|official website|official site|the other|each other|main article'.split(
    '|',
  ),
])
/** 그 with its particles. Of other pronouns of one syllable they make nouns: 이란, 나라, 저도. */
const formsOfGeu = new Set(
  '그는 그가 그의 그를 그와 그도 그에게 그에게서 그만 그로서 그라는 그보다 그부터 그까지 그처럼'.split(' '),
)
/** 1984년, 3월 1일, 1980년대, 12세기, 1990s, 5th century, March 1: names of times, which no dictionary needs. */
const times =
  /^(?:(?:기원전 )?\d+(?:년|월|일|세기|년대)(?: ?\d+(?:월|일))*|\d+s?|\d+(?:st|nd|rd|th) century(?: bce?)?|\d+ bce?|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+)?)$/
const lists = /^(?:list|lists|outline|index|timeline|glossary) of |(?:의|별)? ?목록$/

const endsInHangul = /\p{Script=Hangul}$/u
/** IT, US and WHO are no pronouns. */
const acronym = /^\s*\p{Lu}{2,}\s*$/u

export type NotAName = 'not_a_name' | 'name_of_time' | 'name_of_list'

/** What no name can be, even one that a person has put on a list. */
export type FormFault = 'empty' | 'too_long' | 'no_letter'

export function formFaultOf(text: string): FormFault | undefined {
  const name = text.trim()
  if (name === '') return 'empty'
  if (Buffer.byteLength(name) > longestNameBytes || name.split(/\s+/).length > longestNameWords) return 'too_long'
  return /\p{L}/u.test(name) ? undefined : 'no_letter'
}

/** Why a text is no name, or undefined where it may be one. */
export function whyNotAName(text: string): NotAName | undefined {
  const name = text.trim().toLowerCase()
  const fault = formFaultOf(name)
  if (fault === 'empty' || fault === 'too_long' || (isPointer(name) && !acronym.test(text))) return 'not_a_name'
  if (times.test(name)) return 'name_of_time'
  if (fault !== undefined) return 'not_a_name'
  return lists.test(name) ? 'name_of_list' : undefined
}

function isPointer(name: string): boolean {
  if (pronouns.has(name) || pointers.has(name) || formsOfGeu.has(name)) return true
  if (!endsInHangul.test(name)) return false
  return inflectionsOf(name).some(({ stem }) => stem.length > 1 && pronouns.has(stem))
}
