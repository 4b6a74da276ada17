import { currencyTemplate } from './currency-templates.ts'
import { age, asOf, date } from './date-templates.ts'
import { gloss, protect, withoutGlossMarks } from './marks.ts'
import { convert, fraction, height, ordinal, populationDensity, trackGauge, value } from './quantity-templates.ts'

/** Parameters of a template, expanded to canonical wikitext when asked for. */
export interface Parameters {
  /** Positional parameter, 1 and up, trimmed; empty where absent. */
  at(position: number): string
  named(key: string): string
  /** Number of positional parameters. */
  readonly count: number
  readonly language: string
}

/** What a template reads as inside a sentence. */
export type InlineTemplate = (parameters: Parameters) => string

/** The first positional parameter as it is. */
export const first: InlineTemplate = (p) => p.at(1)
const second: InlineTemplate = (p) => p.at(2)
const last: InlineTemplate = (p) => p.at(p.count)
const joined =
  (separator: string): InlineTemplate =>
  (p) =>
    all(p).join(separator)
const constant =
  (text: string): InlineTemplate =>
  () =>
    text
/** The second parameter, in the language that the first names. */
export const inNamedLanguage: InlineTemplate = (p) => gloss(p.at(1), p.at(2))
const inLanguage =
  (language: string): InlineTemplate =>
  (p) =>
    withRomanisation(language, p.at(1) || p.named('1'), p, p.at(2))
/** `{{langx|ru|Москва|Moskva}}` → `Москва, Moskva`. */
const inNamedLanguageRomanised: InlineTemplate = (p) => withRomanisation(p.at(1), p.at(2), p, p.at(3))

/** Text of a language, then how it is written in Latin letters where the template says so; of French it says what it means. */
function withRomanisation(language: string, text: string, p: Parameters, placed: string): string {
  const named = ['translit', 'rr', 'mr', 'r'].map((key) => p.named(key)).filter((value) => value !== '')
  const stated = named.length > 0 ? named : /(?!\p{Script=Latin})\p{L}/u.test(text) ? [placed] : []
  const romanised = stated.filter((value) => /^[^\p{L}]*\p{Script=Latin}/u.test(value))
  return [gloss(language, text), ...romanised.map((value) => gloss(`${language}-Latn`, value))]
    .filter(Boolean)
    .join(', ')
}

/** `{{transliteration|ja|Tōkyō}}`, `{{transl|ru|ISO|Moskva}}`. */
const romanisation: InlineTemplate = (p) => (p.count < 2 ? p.at(1) : gloss(`${p.at(1)}-Latn`, last(p)))

/** The positional parameters that are not empty. */
export function all(p: Parameters): string[] {
  return Array.from({ length: p.count }, (_, i) => p.at(i + 1)).filter((value) => value !== '')
}

const accidentals = new Map(
  Object.entries({
    flat: '♭',
    b: '♭',
    sharp: '♯',
    '#': '♯',
    natural: '♮',
    n: '♮',
    doubleflat: '𝄫',
    bb: '𝄫',
    doublesharp: '𝄪',
    '##': '𝄪',
  }),
)
/** `A{{music|flat}}` → `A♭`; other signs are their names. */
const music: InlineTemplate = (p) => accidentals.get(p.at(1)) ?? p.at(1)

/** Chemical elements whose templates stand for their symbols, with an optional count. */
const elements =
  'hydrogen:H helium:He lithium:Li boron:B carbon:C nitrogen:N oxygen:O fluorine:F sodium:Na magnesium:Mg aluminium:Al ' +
  'silicon:Si phosphorus:P sulfur:S sulphur:S chlorine:Cl potassium:K calcium:Ca iron:Fe copper:Cu zinc:Zn bromine:Br ' +
  'silver:Ag iodine:I'

/** Prefixes of ships that have a template of their own. */
const shipPrefixes =
  'USS HMS SS MV RMS MS HMAS HMCS HMNZS INS USNS USCGC SMS RFA HNLMS TCG ORP HDMS HSwMS ROKS RV USAT USRC ARA NRP ESPS'

/** `{{USS|Enterprise|CVN-65}}` → `USS Enterprise (CVN-65)`; 2 asks for the name alone, 6 for prefix and name. */
function shipName(prefix: string, name: string, hull: string, format: string): string {
  const named = [prefix, name].filter(Boolean).join(' ')
  if (format === '1') return hull
  if (format === '2') return name
  return hull === '' || format === '3' || format === '6' ? named : `${named} (${hull})`
}

/** Years between dashes, after what they are: `c. 1500`, `r. 1500–1510`. */
function abbreviated(abbreviation: string, p: Parameters): string {
  return (abbreviation + [p.at(1), p.at(2)].filter(Boolean).join('–')).trim()
}

/** `{{marriage|Elsa|1919|1936}}` → `Elsa (m. 1919–1936)`. */
const marriage: InlineTemplate = (p) => {
  const years = [p.at(2), p.at(3)].filter(Boolean).join('–')
  return `${p.at(1)}${years && ` (m. ${years})`}`
}

/** `{{sortname|Tom|Jones}}` → `Tom Jones`. */
const sortName: InlineTemplate = (p) => p.at(4) || [p.at(1), p.at(2)].filter(Boolean).join(' ')

/** `{{sic|recie|ve}}` → `recieve [sic]`. */
const sic: InlineTemplate = (p) => {
  const mark = /^(?:y|yes)$/i.test(p.named('hide')) ? '' : protect(' [sic]')
  return all(p).slice(0, 2).join('') + mark
}

/** The last of the first so many parameters that is not empty. */
const lastOf =
  (count: number): InlineTemplate =>
  (p) =>
    all(p).slice(0, count).at(-1) ?? ''

/**
 * `{{IPA|/a/}}`: a sound that the sentence speaks of. How a name is pronounced (`{{IPAc-en|…}}`, `{{IPA-fr|…}}`,
 * `{{IPA|fr|…}}`) is no prose. On jawiki the template itself writes the brackets.
 */
const sound: InlineTemplate = (p) => {
  if (p.count !== 1) return ''
  return p.language === 'ja' ? `[${p.at(1)}]` : p.at(1)
}

/** `1781541` → `1,781,541`. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `{{columns|col1=…|col2=…}}`: one after another, each from a line of its own. */
const columns: InlineTemplate = (p) => {
  const texts = Array.from({ length: 9 }, (_, i) => p.named(`col${i + 1}`)).filter((text) => text !== '')
  return texts.map((text) => `\n${text}\n`).join('')
}

const koreanName: InlineTemplate = (p) =>
  [
    gloss('ko', p.named('hangul') || p.named('hg') || (p.named('hanja') ? '' : p.at(1))),
    gloss('hanja', p.named('hanja') || p.named('hj') || p.at(2)),
    gloss('ko-Latn', p.named('rr')),
    gloss('ko-Latn', p.named('mr')),
  ]
    .filter(Boolean)
    .join(', ')

const chineseName: InlineTemplate = (p) => {
  const texts = [p.at(1), ...['c', 's', 't', 'hanzi', 'tw'].map((key) => p.named(key))].filter(Boolean)
  return [...[...new Set(texts)].map((text) => gloss('zh', text)), gloss('zh-Latn', p.named('p'))]
    .filter(Boolean)
    .join(', ')
}

const japaneseName: InlineTemplate = (p) => {
  const rest = [gloss('ja', p.at(2)), gloss('ja-Latn', p.at(3))].filter(Boolean).join(', ')
  return p.at(1) === '' ? rest : `${p.at(1)}${rest && ` (${rest})`}`
}

const bracketed: InlineTemplate = (p) => (p.at(2) === '' ? p.at(1) : `${p.at(1)}(${p.at(2)})`)

const families: readonly (readonly [InlineTemplate, string])[] = [
  [
    first,
    'nowrap|abbrlink|nobr|nobold|noitalic|normal|small|smaller|big|larger|작은글씨|작게|크게|줄바꿈 방지|줄바꿈없음|abbr|abbrv|약자|tooltip|툴팁|국기|국기나라|' +
      '나라|flag|flagcountry|flagu|없는 문서|따옴표|mvar|math|smallcaps|sc|' +
      'script|huge|tq|talk quote inline|stn|metro|metrod|tstop|stnlnk|by|baseball year|mlby|mlb year|' +
      'nfly|nfl year|nfl playoff year|iso4217|unstrip|plain text|nft|nihongo foot|unicode|longitem|vanchor|visible anchor|keypress|key press|' +
      'key|quote|quotation|인용문|인용|blockquote|cquote|block quote|plainlist|flatlist|formatnum|nts|ntsh|굵게|underline|ruby|루비|윗주|' +
      'strong|em|bold|italic|samp|code|kbd|tt|mono|monospace|var|lsj|red|green|blue|polytonic|hebrew|nastaliq|unichar|' +
      'gaps|small caps|allcaps|center|가운데|left|right|nbsp wrap|avoid wrap|wj|single+double|double+single|ko-hhrm|url|midsize|icd9|' +
      'official website|pow|sup|sub|nihongo core|as written|not a typo|proper name|chinese|zh-tw|hangul|한글',
  ],
  [(p) => (p.count > 1 ? p.at(2) : p.at(1)), 'resize|fontsize|station link|stl|rws|lrt station'],
  [second, 'color|colour|색|글자색|font color|native name|rtl-lang|글꼴|bg|background color|배경색'],
  [romanisation, 'transl|transliteration|translit'],
  [joined(''), 'chem|chem2|gaps|simplenuclide|simplenuclide2|nuclide|nuclide2|physics particle'],
  [joined('–'), 'fossil range|fossilrange|geological range'],
  [joined(' '), 'linktext|한자 연결|flagioc'],
  [
    joined(', '),
    'hlist|collapsible list|taxon list|ubl|unbulleted list|ublist|vunblist|bulleted list|목록|가로 목록|수평 목록|unordered list|ordered list',
  ],
  [convert, 'convert|cvt|변환|단위 변환'],
  [fraction, 'frac|fraction|분수|sfrac|sfrac2'],
  [value, 'val|값'],
  [height, 'height'],
  [trackGauge, 'track gauge|railgauge'],
  [ordinal, 'ordinal'],
  [music, 'music'],
  [inNamedLanguage, 'lang|언어|lang2|wikt-lang'],
  [inNamedLanguageRomanised, 'langx|llang'],
  [(p) => gloss('hanja', last(p)), '한자|한국 한자|hanja|ko-hanja|한자 독음'],
  [koreanName, 'korean|korean/auto|한국어 이름|infobox korean name inline|ko-hangulhanja'],
  [chineseName, 'zh|zh-cn|중국어|lang-zh|zh-hans|zh-hant|zhi|zh2|lang-zhx'],
  [inLanguage('ja'), 'nihongo2'],
  [japaneseName, 'nihongo|nihongo3|일본어 이름|일본어|ja-name|nihongo krt'],
  [(p) => bracketed(p), '본명|본명2|윗주2|한국어와 한자'],
  [
    date,
    '출생일|출생일과 나이|사망일|사망일과 나이|날짜|시작일|발매일|설립일|birth date|birth date and age|death date|death date and age',
  ],
  [
    date,
    'bda|dob|dts|date table sorting|birth-date|birth-date and age|death-date|death-date and age|start date|start date and age|end date|film date|dda|' +
      'start-date|end-date|birth year and age|death year and age|death date and given age|birth date and given age',
  ],
  [(p) => p.named('lt') || p.at(1), 'ill|interlanguage link|interlanguage link multi'],
  [(p) => abbreviated('c. ', p), 'circa|c.|ca.'],
  [(p) => abbreviated('fl. ', p), 'floruit|fl.|fl'],
  [(p) => abbreviated('r. ', p), 'reign|r.'],
  [asOf, 'as of'],
  [age, 'age|나이'],
  [(p) => `× 10^${p.at(1)}`, 'e|esp|x10^'],
  [(p) => shipName(p.at(1), p.at(2), p.at(3), p.at(4)), 'ship'],
  [(p) => `${p.at(1)}-class ${p.at(2)}`.trim(), 'sclass|sclass2|sclass-'],
  [marriage, 'marriage'],
  [sortName, 'sortname'],
  [sic, 'sic'],
  [(p) => `⟨${p.at(1)}⟩`, 'angbr|angle bracket|angle brackets|vr'],
  [sound, 'ipa'],
  [populationDensity, 'pop density|population density'],
  [(p) => `${p.language === 'ko' ? '미국 특허' : 'U.S. Patent'} ${grouped(p.at(1))}`, 'us patent|us 특허|미국 특허'],
  [(p) => `${p.at(1)}${p.at(2)}${p.at(3) && `.${p.at(3)}`}`, 'icd10'],
  [joined('/'), 'emedicine2'],
  [(p) => `Article ${p.at(1)} EPC`, 'epc article'],
  [(p) => `Rule ${p.at(1)} EPC`, 'epc rule'],
  [(p) => `Rule ${p.at(1)} EPC 1973`, 'epc 1973 rule'],
  [(p) => `Rule ${p.at(1)} PCT`, 'pct rule'],
  [columns, 'columns'],
  [lastOf(2), 'no redirect'],
  [lastOf(3), 'colored link'],
  [(p) => p.named('text') || p.at(1), 'font'],
  [constant(' – '), 'snd|snds|spnd|spaced ndash|spaced en dash|ndashb'],
  [constant(' — '), 'mdashb|spaced mdash|spaced em dash'],
  [constant('–'), 'ndash|en dash|–'],
  [constant('—'), 'mdash|em dash|—'],
  [constant(' '), 'nbsp|spaces|space|thinsp|thin space|nnbsp|hair space|빈칸|sp|0|ref-space|break|br|clear break'],
  [constant(' · '), '·|middot|dot|•|bull|bullet|\\|'],
  [constant("'"), "'|apos|`|′"],
  [constant("'s"), "'s"],
  [constant(protect('|')), '!|pipe'],
  [constant(protect('=')), '='],
  [constant(protect('[')), '(('],
  [constant(' / '), '\\\\'],
  [constant('°'), 'deg|degree'],
  [constant('⇌'), 'eqm'],
  [constant('★'), 'star'],
  [constant('†'), 'extinct|dagger'],
  [constant('ʻ'), 'okina|ʻokina'],
  [constant('ʾ'), 'hamza'],
  [constant('ʿ'), 'ayin|ayn'],
  [constant('\'"'), '\' "'],
]

const templates: ReadonlyMap<string, InlineTemplate> = new Map([
  ...families.flatMap(([template, names]) =>
    names.split(/(?<!\\)\|/).map((name) => [name.replace('\\', ''), template] as const),
  ),
  ...shipPrefixes.split(' ').map((prefix) => {
    return [prefix.toLowerCase(), (p: Parameters) => shipName(prefix, p.at(1), p.at(2), p.at(3))] as const
  }),
  ...elements.split(' ').map((pair) => {
    const [name = '', symbol = ''] = pair.split(':')
    return [name, (p: Parameters) => symbol + p.at(1)] as const
  }),
])

/**
 * The inline template of that lower-case name, or undefined: then it is no prose and is dropped. `{{lang-de|…}}`,
 * and templates named like a language (`{{영어|…}}`), are text in that language.
 */
export function inlineTemplate(
  name: string,
  languageNames: readonly Readonly<Record<string, string>>[],
): InlineTemplate | undefined {
  const known = templates.get(name) ?? currencyTemplate(name)
  if (known !== undefined) return known
  if (name.startsWith('lang-')) return inLanguage(name.slice('lang-'.length))
  for (const names of languageNames) {
    const language = Object.hasOwn(names, name) ? names[name] : undefined
    if (language !== undefined) return inLanguage(language)
  }
  return undefined
}

/** The word with the particle that fits its last sound, as `{{#은는:서울}}` → `서울은`. */
export function withParticle(word: string, [afterConsonant, afterVowel]: readonly [string, string]): string {
  const plain = withoutGlossMarks(word.slice(-40)).replace(/[\]'")\s]+$/u, '')
  const code = plain.codePointAt(plain.length - 1) ?? 0
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    // 로 also follows ㄹ, the eighth final consonant.
    const asVowel = final === 0 || (afterConsonant === '으로' && final === 8)
    return word + (asVowel ? afterVowel : afterConsonant)
  }
  const spoken = /[013678lmn]$/i.test(plain)
  return word + (spoken ? afterConsonant : afterVowel)
}
