import type { Gloss } from '../../schemas/types.ts'
import { languageCodes } from '../language-data.ts'
import type { Site } from '../site.ts'
import { glossClose, glossMiddle, glossOpen, withoutGlossMarks } from './marks.ts'
import { tidyLine } from './tidy.ts'

const longestGloss = 120
const longestBracket = 1000
const marked = new RegExp(
  `${glossOpen}([^${glossOpen}${glossMiddle}]*)${glossMiddle}([^${glossOpen}${glossClose}]*)${glossClose}`,
  'g',
)
/** What may stand between the name and its bracket: a closing quote, spaces. */
const betweenNameAndBracket = /^[\s"'”’」』》〉]{0,4}[(（]/

/**
 * Glosses of the bracket that follows the name directly: `(영어: Seoul, 한자: …)`, templates such as `{{lang|en|…}}`, and
 * bare text of a script that tells its language. `text` is a line as readLine gives it, gloss marks and all.
 */
export function glossesOf(text: string, nameEnd: number, site: Site): Gloss[] {
  const rest = text.slice(nameEnd, nameEnd + longestBracket)
  const open = betweenNameAndBracket.exec(rest)?.[0]
  if (open === undefined) return []
  const content = upToClosingBracket(rest.slice(open.length))
  const glosses: Gloss[] = []
  const seen = new Set<string>()
  let label: string | undefined
  for (const piece of piecesOf(content)) {
    const found = glossesOfPiece(piece, label, site)
    label = found.label
    for (const { language, text: name } of found.glosses) {
      const tidy = tidyLine(name).replace(/^["'“”‘’]+|["'“”‘’]+$/g, '')
      const key = `${language} ${tidy}`
      if (tidy === '' || tidy.length > longestGloss || !/\p{L}/u.test(tidy) || seen.has(key)) continue
      seen.add(key)
      glosses.push({ language, text: tidy })
    }
  }
  return glosses
}

function upToClosingBracket(text: string): string {
  let depth = 1
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '(' || char === '（') depth++
    if ((char === ')' || char === '）') && --depth === 0) return text.slice(0, i)
  }
  return ''
}

/** What belongs to the name before its comma: `Washington, D.C.`, `Apple, Inc.` */
const nameTail = /^\s*(?:(?:[A-Z]\.){2,}|(?:Inc|Ltd|Co|Jr|Sr)\.?)\s*$/

/** Pieces between `,` `;` `、` and ` / `, none inside a marked gloss or an inner bracket. */
function piecesOf(content: string): string[] {
  const pieces: string[] = []
  let from = 0
  let depth = 0
  const cut = (to: number) => {
    const piece = content.slice(from, to)
    const before = pieces.at(-1)
    if (before !== undefined && nameTail.test(piece)) pieces[pieces.length - 1] = `${before.trimEnd()}, ${piece.trim()}`
    else pieces.push(piece)
    from = to + 1
  }
  for (let i = 0; i < content.length; i++) {
    const char = content[i] ?? ''
    if (char === '(' || char === '（' || char === glossOpen) depth++
    if (char === ')' || char === '）' || char === glossClose) depth--
    const separates = /[,;、，；]/.test(char) || (char === '/' && content[i - 1] === ' ' && content[i + 1] === ' ')
    if (depth === 0 && separates) cut(i)
  }
  cut(content.length)
  return pieces
}

interface PieceGlosses {
  readonly glosses: readonly Gloss[]
  /** Language that the next piece inherits where it has no label: `(영어: artificial intelligence, AI)`. */
  readonly label: string | undefined
}

function glossesOfPiece(piece: string, inherited: string | undefined, site: Site): PieceGlosses {
  const templates = [...piece.matchAll(marked)].map(([, code = '', text = '']) => ({
    language: languageOfCode(code),
    text,
  }))
  if (templates.length > 0) return { glosses: templates, label: undefined }

  const text = withoutGlossMarks(piece).trim()
  const labelled = labelOf(text, site)
  if (labelled !== undefined) {
    const glosses = labelled.text === '' ? [] : [{ language: labelled.language, text: labelled.text }]
    return { glosses, label: labelled.language }
  }
  const language = languageByScript(text, site)
  if (language === undefined) return { glosses: [], label: undefined }
  if (language === 'und' && inherited !== undefined && inherited !== 'hanja') {
    return { glosses: [{ language: inherited, text }], label: inherited }
  }
  return { glosses: [{ language, text }], label: undefined }
}

const beforeColon = /^([^:：]{2,20}?)\s*[:：]\s*(.*)$/
const beforeSpace = /^([^:：]{2,20}?)\s+(?=\S)(.*)$/

/** `영어: Seoul`, `로마자 표기: Seoul`, `한자 首爾`, `English: Seoul`: a name of a language, then a colon or a space. */
function labelOf(text: string, site: Site): Gloss | undefined {
  for (const { languageNames } of site.words) {
    for (const form of [beforeColon, beforeSpace]) {
      const [, label = '', rest = ''] = form.exec(text) ?? []
      const language = languageNamed(label, languageNames)
      if (language === undefined) continue
      // "Korean War" is no gloss: in English a label needs its colon.
      if (form === beforeSpace && /^[\x20-\x7f]*$/.test(label)) return undefined
      return { language, text: rest }
    }
  }
  return undefined
}

/** `ko-Hani` and `ko-hani` → `hanja`, `eng` → `en`, `en-GB` → `en`, `rus-Latn` → `ru-Latn`; other codes as they are. */
function languageOfCode(code: string): string {
  const lower = code.trim().toLowerCase()
  if (lower.endsWith('-latn')) return `${languageOfCode(lower.slice(0, -'-latn'.length))}-Latn`
  if (Object.hasOwn(languageCodes, lower)) return languageCodes[lower] ?? lower
  return /^[a-z]{2}-[a-z]{2}$/.test(lower) ? lower.slice(0, 2) : code.trim()
}

function languageNamed(label: string, names: Readonly<Record<string, string>>): string | undefined {
  const key = label.trim().toLowerCase()
  return Object.hasOwn(names, key) ? names[key] : undefined
}

/** Language of bare text, where its script tells it. Latin letters count in a Korean page only, as `und`. */
function languageByScript(text: string, site: Site): string | undefined {
  const letters = text.replace(/[^\p{L}]/gu, '')
  if (letters === '') return undefined
  if (/^\p{Script=Hangul}+$/u.test(letters)) return site.language === 'ko' ? undefined : 'ko'
  if (/^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(letters)) {
    // 서울特別市: words without Chinese characters keep their Hangul.
    return site.language === 'ko' && !/\d/.test(text) ? 'hanja' : undefined
  }
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u.test(letters)) return 'ja'
  const isLatin = /^\p{Script=Latin}+$/u.test(letters) && !text.includes(':')
  return isLatin && site.language === 'ko' && /^\p{L}/u.test(text) ? 'und' : undefined
}
