import { type ConceptRow, conceptDomains } from '../facts/concepts.ts'
import { listed } from '../facts/rows.ts'
import type { Article } from './draft.ts'
import { enLead, koLead } from './gloss.ts'
import { enNames, koNames } from './names.ts'
import type { PlannedPage } from './page.ts'
import type { Prose, Values } from './prose.ts'
import { capital, type Subject, type SubjectIndex, shown, subjectOf } from './subject.ts'

interface Concept {
  readonly row: ConceptRow
  readonly subject: Subject
}

/** Definitions by subject, for the lists in which one page explains another. */
type Definitions = ReadonlyMap<Subject, ConceptRow>

export function conceptPages(): PlannedPage[] {
  const definitions = new Map<Subject, ConceptRow>()
  const fields = conceptDomains.map((field) => {
    const concepts = field.rows.map((row): Concept => {
      const subject = subjectOf(field.name, {
        ko: row.ko,
        en: row.en,
        koAliases: listed(row.koAliases),
        enAliases: listed(row.enAliases),
      })
      definitions.set(subject, row)
      return { row, subject }
    })
    return { field, concepts }
  })
  return fields.flatMap(({ field, concepts }) =>
    concepts.map(({ row, subject }, at) => {
      const others = [1, 2, 3].map((step) => concepts[(at + step) % concepts.length]!.subject)
      return {
        subject,
        write: (prose: Prose, index: SubjectIndex) =>
          write(prose, { row, subject, field, related: index.all(listed(row.refs)), others, definitions }),
      }
    }),
  )
}

interface Material {
  readonly row: ConceptRow
  readonly subject: Subject
  readonly field: (typeof conceptDomains)[number]
  readonly related: readonly Subject[]
  readonly others: readonly Subject[]
  readonly definitions: Definitions
}

function write(prose: Prose, material: Material): Article {
  const { row, subject, field, others, definitions } = material
  const known = material.related.length > 0 ? material.related : others.slice(0, 2)
  const values: Values = {
    first: known[0]!,
    second: known[1] ?? others[0]!,
    others: others.filter((other) => !known.includes(other)).slice(0, 2),
    known,
  }
  const explained = [...new Set([...known, ...others])].filter((other) => definitions.has(other)).slice(0, 4)
  const ko: Values = { ...values, field: field.ko, def: row.koDef }
  const en: Values = { ...values, field: field.en, def: row.enDef }
  const tabular = prose.pick('table', [true, false, false])
  return {
    ko: {
      ...(field.koBox && prose.pick('box', [true, false]) ? { infobox: koBox(field.koBox, prose, ko) } : {}),
      lead: [
        prose.ko(
          prose.pick('lead', [
            `${koLead(prose, subject, '은')} {def:이다}.`,
            `${koLead(prose, subject, '은')} {def:을} 말한다.`,
            `${koLead(prose, subject, '은')} {def:을} 가리키는 말이다.`,
            `${koLead(prose, subject, '은')} {def:으로}, ${field.koPlace}.`,
          ]),
          ko,
        ),
        prose.ko(row.koFact),
        prose.ko(
          prose.pick('third', [
            '{first:과} 함께 이야기되는 일이 많다.',
            '{first:을} 이해하는 데 도움이 된다.',
            '{first} 문서도 참고할 만하다.',
            '{first:과} 관계가 깊다.',
          ]),
          ko,
        ),
      ],
      sections: [
        {
          heading: prose.pick('h1', field.koHeadings),
          blocks: [
            [
              prose.ko(prose.pick('p1', field.koSentences), ko),
              prose.ko(
                prose.pick('p2', [
                  '{second:과} 견주어 보면 차이가 뚜렷하다.',
                  '{second:과} 이어서 살펴보면 좋다.',
                  '{second:도} 같은 맥락에서 다룬다.',
                  '비슷한 주제로 {second:이} 있다.',
                ]),
                ko,
              ),
            ].join(' '),
            prose.ko(
              prose.pick('p3', [
                '{field} 분야의 다른 항목으로는 {others} 등이 있다.',
                '{field:을} 다룬 책에는 {others:도} 함께 실린다.',
                '{field:의} 테두리에서 {others:과} 나란히 다루어진다.',
              ]),
              ko,
            ),
          ],
        },
        ...koNames(prose, subject),
        {
          heading: prose.pick('h2', ['관련 항목', '함께 보기', '같이 보기', '관련 개념']),
          blocks: [tabular ? koTable(prose, explained, definitions) : koList(prose, explained, definitions)],
        },
      ],
      categories: [field.koCategory, ...(prose.pick('cat', [true, false]) ? [shown(subject.ko)] : [])],
      caption: prose.ko('{s:을} 보여 주는 그림. {first:도} 보인다.', ko),
      later: prose.ko(
        prose.pick('later', [
          '최근에는 {second:과} 함께 다시 주목받고 있다.',
          '{first:과} {second:을} 함께 보면 더 쉽게 이해할 수 있다.',
        ]),
        ko,
      ),
    },
    en: {
      ...(field.enBox && prose.pick('box', [true, false]) ? { infobox: enBox(field.enBox, prose, en) } : {}),
      lead: [
        prose.en(
          prose.pick('lead', [
            `${enLead(prose, subject)} is {def}.`,
            `${enLead(prose, subject)} is {def}.`,
            `${field.enPlace}, ${decapitalised(enLead(prose, subject), subject)} is {def}.`,
          ]),
          en,
        ),
        prose.en(row.enFact),
        prose.en(
          prose.pick('third', [
            'It is often mentioned together with {first:s}.',
            'It helps in understanding {first:s}.',
            'The article on {first:s} gives more background.',
            'It is closely related to {first:s}.',
          ]),
          en,
        ),
      ],
      sections: [
        {
          heading: prose.pick('h1', field.enHeadings),
          blocks: [
            [
              prose.en(prose.pick('p1', field.enSentences), en),
              prose.en(
                prose.pick('p2', [
                  'Set beside {second:s}, the difference is plain.',
                  'It is worth reading on about {second:s}.',
                  'Much the same context holds for {second:s}.',
                  'A similar topic: {second:s}.',
                ]),
                en,
              ),
            ].join(' '),
            prose.en(
              prose.pick('p3', [
                'Other topics of {field} are {others:s}.',
                'Books on {field} also cover {others:s}.',
                'Within {field} it stands beside {others:s}.',
              ]),
              en,
            ),
          ],
        },
        ...enNames(prose, subject),
        {
          heading: prose.pick('h2', ['See also', 'Related topics', 'See also', 'Related concepts']),
          blocks: [tabular ? enTable(prose, explained, definitions) : enList(prose, explained, definitions)],
        },
      ],
      categories: [field.enCategory, ...(prose.pick('cat', [true, false]) ? [capital(shown(subject.en))] : [])],
      caption: prose.en('A drawing of {s:a}; {first:s} can be seen too.', en),
      later: prose.en(
        prose.pick('later', [
          'Lately it has drawn attention again together with {second:s}.',
          'It is easier to understand when {first:s} and {second:s} are read together.',
        ]),
        en,
      ),
    },
  }
}

function koBox(name: string, prose: Prose, values: Values): string {
  return prose.ko(`{{${name}\n| 이름 = ${'{s}'}\n| 분야 = {{nowrap|{field} }}\n| 관련 = {first}, {second}\n}}`, values)
}

function enBox(name: string, prose: Prose, values: Values): string {
  return prose.en(
    `{{${name}\n| name = ${'{s:^}'}\n| field = {{nowrap|{field} }}\n| related = {{ubl|{first}|{second} }}\n}}`,
    values,
  )
}

function koList(prose: Prose, subjects: readonly Subject[], definitions: Definitions): string {
  const item = prose.pick('list', listStyles)
  return subjects.map((other) => item(prose.linkKo(other), definitions.get(other)?.koDef ?? '')).join('\n')
}

function enList(prose: Prose, subjects: readonly Subject[], definitions: Definitions): string {
  const item = prose.pick('list', listStyles)
  return subjects.map((other) => item(prose.linkEn(other, '^'), definitions.get(other)?.enDef ?? '')).join('\n')
}

const listStyles: readonly ((name: string, meaning: string) => string)[] = [
  (name, meaning) => `* ${name}: ${meaning}`,
  (name, meaning) => `* ${name} – ${meaning}`,
  (name, meaning) => `; ${name}\n: ${meaning}`,
  (name, meaning) => `# ${name}: ${meaning}`,
  (name, meaning) => `* ${name}\n** ${meaning}`,
]

function koTable(prose: Prose, subjects: readonly Subject[], definitions: Definitions): string {
  const lines = subjects.flatMap((other) => [
    '|-',
    `| ${prose.linkKo(other)} || ${other.enWord} || ${definitions.get(other)?.koDef ?? ''}`,
  ])
  return ['{| class="wikitable sortable"', '|+ 관련 항목', '! 이름 !! 영어 !! 뜻', ...lines, '|}'].join('\n')
}

function enTable(prose: Prose, subjects: readonly Subject[], definitions: Definitions): string {
  const lines = subjects.flatMap((other) => [
    '|-',
    `| ${prose.linkEn(other, '^')}`,
    `| ${definitions.get(other)?.enDef ?? ''}`,
  ])
  return ['{| class="wikitable"', '|+ Related topics', '! Name', '! Meaning', ...lines, '|}'].join('\n')
}

/** The lead after `In computing, `: a common noun loses its capital. */
function decapitalised(lead: string, subject: Subject): string {
  const small = lead.replace(/^(?:A|An|The) /, (article) => article.toLowerCase())
  return subject.common ? small.replace(/^'''./, (start) => start.toLowerCase()) : small
}
