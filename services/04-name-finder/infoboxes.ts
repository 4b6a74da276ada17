/** Names that infoboxes give: which parameters hold one, and in which language. */
import { scriptOf } from '../../language/letters.ts'
import { splitQualifier } from '../../language/title.ts'
import type { Infobox } from '../../schemas/types.ts'

export interface InfoboxName {
  readonly name: string
  /** `und` where neither the parameter nor the script tells. */
  readonly language: string
  readonly parameter: string
}

/**
 * What a parameter holds: a name in a language, a name in the language of the article, or one in a language that is told
 * elsewhere (원어명 of a German city is German). Keys are lower case, without spaces and underscores. Source: the parameters
 * of kowiki's and enwiki's infoboxes with their counts of use (DBpedia's mapping statistics), those used a hundred times or more.
 */
const parametersByLanguage: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ko: {
    ...parameters('en', '영문 영문표기 영문명 영문이름 영어명 영어이름 영어 구단이름영문 로마자표기 로마자 roman'),
    ...parameters(
      'ko',
      '본명 별칭 별명 예명 이명 약칭 다른이름 다른표기 전체이름 정식명칭 이전명 이전이름 한글 한글이름 가명 한국명',
    ),
    ...parameters('und', '원어이름 원어명 원어 원래이름 현지이름 현지명 현지어이름 원어건물명칭 원제'),
  },
  en: {
    ...parameters('ko', 'hangul koreanname koreanhangul nativenameko'),
    ...parameters(
      'en',
      'othername othernames alias aliases altname altnames alternativename alternativenames aka alsoknownas formername formernames ' +
        'birthname fullname nickname nicknames conventionallongname officialname penname synonym synonyms',
    ),
    ...parameters('und', 'nativename originaltitle originalname'),
  },
}

/** Their synonyms are names with their authors (Isopygia Gürich), and of an order the names of what was once a part of it. */
const taxoboxes = /taxobox|speciesbox/i

const longestName = 100

/** Every name, in the order of the infobox. `articleLanguage` has no table but for ko and en: then nothing is found. */
export function* infoboxNames(infoboxes: readonly Infobox[], articleLanguage: string): Iterable<InfoboxName> {
  const table = parametersByLanguage[articleLanguage]
  if (table === undefined) return
  for (const { name: template, fields } of infoboxes) {
    const stated = fields.native_name_lang ?? fields.nativename_lang
    for (const [parameter, value] of Object.entries(fields)) {
      const key = parameter.toLowerCase().replace(/[\s_]+/g, '')
      const language = Object.hasOwn(table, key) ? table[key] : undefined
      if (language === undefined || (taxoboxes.test(template) && /^synonyms?$/.test(key))) continue
      for (const piece of piecesOf(value)) {
        const { name, label } = labelled(piece)
        if (name === '' || name.length > longestName) continue
        const told = label ?? (language === 'und' ? (stated ?? 'und') : language)
        yield { name, language: languageBy(name, told, articleLanguage), parameter }
      }
    }
  }
}

function parameters(language: string, keys: string): Record<string, string> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, language]))
}

/** A list of names is not longer, and what is might be made to keep the patterns busy for hours. */
const longestValue = 2_000

/** Lines, list marks, and what commas, slashes and middle dots part; nothing of a value that is no list of names. */
function piecesOf(value: string): string[] {
  if (value.length > longestValue) return []
  return value
    .split(/[\n;、，]|,\s+(?!(?:Inc|Ltd|Jr|Sr)\b)|\s*•\s*|\s[/·]\s|^\s*[*·]\s*/mu)
    .map((piece) => piece.trim().replace(/^["'“”‘’]+|["'“”‘’]+$/g, ''))
    .filter((piece) => piece !== '')
}

const labels: Readonly<Record<string, string>> = { 영어: 'en', 영문: 'en', 한국어: 'ko', english: 'en', korean: 'ko' }

/** `영어: Seoul` and `Seoul (영어)`; what else stands in brackets is a remark. */
function labelled(piece: string): { name: string; label: string | undefined } {
  const [, before = '', rest = ''] = /^([^:：]{2,12}?)\s*[:：]\s*(.+)$/.exec(piece) ?? []
  if (rest !== '') return { name: splitQualifier(rest).name, label: languageNamed(before) ?? 'und' }
  const { name, qualifier } = splitQualifier(piece)
  return { name: name.replace(/[\s]*[(（][^)）]*[)）]$/u, '').trim(), label: languageNamed(qualifier ?? '') }
}

function languageNamed(label: string): string | undefined {
  const key = label.trim().toLowerCase()
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}

/** Hangul is Korean whatever the parameter says; Latin letters in `한글` or Chinese ones in `영문` are neither. */
function languageBy(name: string, told: string, articleLanguage: string): string {
  const script = scriptOf(name)
  if (script === 'hangul') return 'ko'
  if (script === 'latin') return told === 'ko' && articleLanguage === 'en' ? 'und' : told
  return script === 'mixed' && /\p{Script=Hangul}/u.test(name) && articleLanguage === 'ko' ? 'ko' : 'und'
}
