import { listed } from '../facts/rows.ts'
import type { SheetDomain, SheetSection } from '../facts/sheet-domain.ts'
import { sheetDomains } from '../facts/sheets.ts'
import type { Article, Draft, Section } from './draft.ts'
import { enLead, koLead } from './gloss.ts'
import { enNames, koNames } from './names.ts'
import type { PlannedPage } from './page.ts'
import type { Prose, Value, Values } from './prose.ts'
import { capital, type Subject, type SubjectIndex, shown, subjectOf } from './subject.ts'

type Row = Readonly<Record<string, string>>
type Language = 'ko' | 'en'

export function sheetPages(): PlannedPage[] {
  return sheetDomains.flatMap((domain) => {
    const subjects = domain.rows.map((row) => subjectOfRow(domain, row))
    return domain.rows.map((row, at) => ({
      subject: subjects[at]!,
      write: (prose: Prose, index: SubjectIndex) => write(prose, index, domain, row, at, subjects),
    }))
  })
}

function subjectOfRow(domain: SheetDomain, row: Row): Subject {
  const made = (language: Language, patterns: readonly string[] = []) =>
    patterns.flatMap((pattern) => {
      const cells = [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => row[match[1] ?? ''] ?? '')
      if (cells.some((cell) => cell === '' || cell.startsWith('@'))) return []
      return [pattern.replace(/\{(\w+)\}/g, (_, column: string) => sideOf(row[column] ?? '', language))]
    })
  return subjectOf(domain.name, {
    ko: row.ko ?? '',
    en: row.en ?? '',
    koAliases: listed(row.koAliases ?? ''),
    enAliases: listed(row.enAliases ?? ''),
    koRedirects: made('ko', domain.koRedirects),
    enRedirects: made('en', domain.enRedirects),
  })
}

function write(
  prose: Prose,
  index: SubjectIndex,
  domain: SheetDomain,
  row: Row,
  at: number,
  subjects: readonly Subject[],
): Article {
  const kinOf = (i: number) =>
    domain.rows[i] && domain.rows[i][domain.kin] === row[domain.kin] ? subjects[i] : undefined
  const kin = subjects
    .map((_, step) => (at + step) % subjects.length)
    .filter((i) => i !== at && kinOf(i))
    .map((i) => subjects[i]!)
    .slice(0, 4)
  const following = [subjects[(at + 1) % subjects.length]!, subjects[(at + 2) % subjects.length]!]
  const others = kin.length > 0 || !domain.looseKin ? kin : following
  const common: Record<string, Value> = { total: subjects.length }
  if (others.length > 0) common.kin = others.slice(0, 3)
  const previous = follows(domain.rows[at - 1], row) ? kinOf(at - 1) : undefined
  const next = follows(row, domain.rows[at + 1]) ? kinOf(at + 1) : undefined
  if (previous) common.prev = previous
  if (next) common.next = next
  const values = { ko: { ...common }, en: { ...common } }
  for (const [column, cell] of Object.entries(row)) {
    if (cell === '' || ['ko', 'en', 'koAliases', 'enAliases'].includes(column)) continue
    if (/^-?[\d.]+$/.test(cell)) {
      const number = Number(cell)
      common[`${column}Rank`] = 1 + domain.rows.filter((other) => Number(other[column]) > number).length
    }
    for (const language of ['ko', 'en'] as const)
      values[language][column] = years.has(column) ? yearOf(cell, language) : cellValue(cell, language, index)
  }
  Object.assign(values.ko, rankings(common))
  Object.assign(values.en, rankings(common))
  const draft = (language: Language): Draft => ({
    infobox: infobox(language, domain, row, prose, values[language]),
    lead: lead(language, domain, row, prose, subjects[at]!, values[language]),
    sections: [
      ...sections(language, domain, prose, values[language]),
      ...(language === 'ko' ? koNames(prose, subjects[at]!) : enNames(prose, subjects[at]!)),
      ...kinSection(language, domain, prose, others, subjects),
    ],
    categories: [domain[`${language}Category`], ...kinCategory(language, domain, row, index)],
    caption: caption(language, prose, others[0] ?? following[0]!),
    later: filled(language, prose, domain[`${language}Later`], values[language], 'later') ?? '',
  })
  return { ko: draft('ko'), en: draft('en') }
}

/** True where the second row's place in its line comes right after the first's: tables may leave rulers out. */
function follows(first: Row | undefined, second: Row | undefined): boolean {
  return first?.order !== undefined && Number(first.order) + 1 === Number(second?.order)
}

function rankings(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.endsWith('Rank')))
}

function sideOf(cell: string, language: Language): string {
  const cut = cell.indexOf('/')
  if (cut < 0) return cell
  return (language === 'ko' ? cell.slice(0, cut) : cell.slice(cut + 1)).trim()
}

function cellValue(cell: string, language: Language, index: SubjectIndex): Value {
  if (cell.startsWith('@')) return index.all(listed(cell.slice(1)))
  if (/^-?[\d.]+$/.test(cell)) return Number(cell)
  return sideOf(cell, language)
}

const years: ReadonlySet<string> = new Set(['born', 'died', 'from', 'to', 'year'])

/** Years before Christ are negative in the tables. */
function yearOf(cell: string, language: Language): string {
  if (!cell.startsWith('-')) return cell
  return language === 'ko' ? `기원전 ${cell.slice(1)}` : `${cell.slice(1)} BC`
}

/** One of the patterns whose slots all have values, or nothing. */
function filled(
  language: Language,
  prose: Prose,
  patterns: readonly string[],
  values: Values,
  slot: string,
): string | undefined {
  const usable = patterns.filter((pattern) =>
    [...pattern.matchAll(/(?<!\{)\{([^{}|:\n]+)(?::[^{}|\n]+)?\}(?!\})/g)].every(([, name = '']) => {
      const value = values[name]
      return name === 's' || (value !== undefined && !(Array.isArray(value) && value.length === 0))
    }),
  )
  if (usable.length === 0) return undefined
  return prose[language](prose.pick(slot, usable), values)
}

function lead(
  language: Language,
  domain: SheetDomain,
  row: Row,
  prose: Prose,
  subject: Subject,
  values: Values,
): string[] {
  const opening =
    language === 'ko'
      ? koLead(prose, subject, '은', row.hanja ? { hanja: row.hanja } : {})
      : enLead(
          prose,
          subject,
          domain.korean ? { korean: shown(subject.ko), ...(row.hanja ? { hanja: row.hanja } : {}) } : {},
        )
  const [first = [], ...rest] = leadGroups(domain[`${language}Lead`])
  const kind = language === 'ko' ? '{kind}이다.' : 'is {kind:a}.'
  const said = filled(language, prose, first, values, 'lead0') ?? prose[language](kind, values)
  const sentences = [`${opening} ${said}`]
  for (const [at, group] of rest.entries()) {
    const sentence = filled(language, prose, group, values, `lead${at + 1}`)
    if (sentence) sentences.push(sentence)
  }
  return sentences
}

/** Lead patterns are given flat; `--` begins the variants of the next sentence. */
function leadGroups(patterns: readonly string[]): string[][] {
  const groups: string[][] = [[]]
  for (const pattern of patterns) {
    if (pattern === '--') groups.push([])
    else groups.at(-1)!.push(pattern)
  }
  return groups
}

function sections(language: Language, domain: SheetDomain, prose: Prose, values: Values): Section[] {
  return domain.sections.flatMap((section: SheetSection, at) => {
    const sentences = section.sentences.flatMap(
      (sentence, number) => filled(language, prose, sentence[language], values, `p${at}.${number}`) ?? [],
    )
    if (sentences.length === 0) return []
    const cut = prose.pick(`cut${at}`, [1, 2, sentences.length])
    const blocks = [sentences.slice(0, cut), sentences.slice(cut)]
      .filter((block) => block.length > 0)
      .map((block) => block.join(' '))
    return [{ heading: prose.pick(`h${at}`, section[language]), blocks }]
  })
}

function kinSection(
  language: Language,
  domain: SheetDomain,
  prose: Prose,
  kin: readonly Subject[],
  all: readonly Subject[],
): Section[] {
  if (kin.length === 0) return []
  const list = kin.map((other) => {
    const row = domain.rows[all.indexOf(other)]!
    const note = Object.keys(domain[`${language}Labels`])
      .map((column) => (years.has(column) ? yearOf(row[column] ?? '', language) : (row[column] ?? '')))
      .find((cell) => cell !== '' && !cell.startsWith('@'))
    const link = language === 'ko' ? prose.linkKo(other) : prose.linkEn(other, '^')
    return note ? `* ${link} (${sideOf(note, language)})` : `* ${link}`
  })
  return [{ heading: domain[`${language}KinHeading`], blocks: [list.join('\n')] }]
}

function kinCategory(language: Language, domain: SheetDomain, row: Row, index: SubjectIndex): string[] {
  const cell = row[domain.kin] ?? ''
  if (cell === '') return []
  if (!cell.startsWith('@')) return [capital(sideOf(cell, language))]
  const subject = index.find(listed(cell.slice(1))[0] ?? '')
  return subject ? [capital(shown(subject[language]))] : []
}

function infobox(language: Language, domain: SheetDomain, row: Row, prose: Prose, values: Values): string {
  const lines = Object.entries(domain[`${language}Labels`]).flatMap(([column, label]) =>
    row[column] ? [`| ${label} = ${prose[language](`{${column}}`, values)}`] : [],
  )
  const name = language === 'ko' ? '| 이름 = {s}' : '| name = {s:^}'
  return [`{{${domain[`${language}Box`]}`, prose[language](name), ...lines, '}}'].join('\n')
}

function caption(language: Language, prose: Prose, other: Subject): string {
  const values = { other }
  return language === 'ko'
    ? prose.ko(
        prose.pick('caption', [
          '{s}의 모습. {other:과} 견주어 볼 수 있다.',
          '{s:을} 담은 그림',
          '{s}. 곁에는 {other:이} 있다.',
        ]),
        values,
      )
    : prose.en(
        prose.pick('caption', [
          '{s:^}, to be compared with {other:s}',
          'A picture of {s:a}',
          '{s:^}; beside it {other:a}',
        ]),
        values,
      )
}
