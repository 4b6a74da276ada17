import { elementFamilies, elements } from '../facts/elements.ts'
import { both, listed } from '../facts/rows.ts'
import type { Article, Section } from './draft.ts'
import { enLead, koLead } from './gloss.ts'
import { koNames } from './names.ts'
import type { PlannedPage } from './page.ts'
import type { Prose, Values } from './prose.ts'
import { type Subject, subjectOf } from './subject.ts'

type Row = (typeof elements)[number]

export function elementPages(): PlannedPage[] {
  const subjects = elements.map((row) =>
    subjectOf('element', {
      ko: row.ko,
      en: row.en,
      koAliases: listed(row.koAlias),
      enAliases: listed(row.enAlias),
      koRedirects: [`원자 번호 ${row.number}`],
      enRedirects: [`Element ${row.number}`],
    }),
  )
  return elements.map((row, at) => ({
    subject: subjects[at]!,
    write: (prose) => write(prose, row, at, subjects),
  }))
}

function write(prose: Prose, row: Row, at: number, subjects: readonly Subject[]): Article {
  const subject = subjects[at]!
  const family = elementFamilies[row.family]!
  const sharing = (same: (other: Row) => boolean) => subjects.filter((_, i) => i !== at && same(elements[i]!))
  const group = row.group
    ? sharing((other) => other.group === row.group)
    : sharing((other) => other.family === row.family)
  const neighbours = [subjects[at - 1], subjects[at + 1]].filter((other) => other !== undefined)
  const use = both(row.use)
  const finder = both(row.finder)
  const values: Values = {
    number: Number(row.number),
    symbol: row.symbol,
    mass: row.mass,
    group: row.group,
    period: row.period,
    neighbours,
    kin: group.slice(0, 4),
    melting: row.melting,
    boiling: row.boiling,
    year: row.year,
  }
  const ko: Values = { ...values, family: family.ko, finder: finder.ko, use: use.ko }
  const en: Values = { ...values, family: family.en, finder: finder.en, use: use.en }
  const artificial = Number(row.number) > 94
  const state = stateAt20(row)
  return {
    ko: {
      infobox: [
        '{{원소 정보',
        `| 이름 = ${row.ko.replace(/ \(.*/, '')}`,
        `| 기호 = ${row.symbol} | 원자번호 = ${row.number}`,
        `| 원자량 = ${row.mass}{{각주|표준 원자량|2=<ref>국제 원자량표</ref>}}`,
        `| 족 = ${row.group || '{{해당 없음}}'} | 주기 = ${row.period}`,
        ...(row.melting ? [`| 녹는점 = {{nowrap|${row.melting} °C}}`] : []),
        ...(row.boiling ? [`| 끓는점 = {{nowrap|${row.boiling} °C}}`] : []),
        '}}',
      ].join('\n'),
      lead: [
        `${koLead(prose, subject, '은', row.hanja ? { hanja: row.hanja } : {})} ${prose.ko(
          prose.pick('lead', [
            '[[화학 원소]]로 기호는 {symbol}, 원자 번호는 {number}이다.',
            '기호가 {symbol}이고 원자 번호가 {number}인 화학 원소이다.',
            '[[주기율표]]의 {number}번째 자리에 있는 원소이며 원소 기호는 {symbol}이다.',
          ]),
          ko,
        )}`,
        prose.ko(
          prose.pick('kind', [
            '{period}주기에 속하는 {family}이고 원자량은 {mass}이다.',
            '{family:으로} 분류되며, 원자량은 약 {mass}이다.',
            '{family:이며} 주기율표에서 {neighbours}의 옆에 놓인다.',
          ]),
          ko,
        ),
        artificial
          ? '자연에는 거의 없으며 입자 가속기나 원자로에서 만들어 낸다.'
          : prose.ko(
              prose.pick('use', ['주로 {use}에 쓰인다.', '{use} 등에 널리 쓰인다.', '쓰임새로는 {use} 등이 있다.']),
              ko,
            ),
      ],
      sections: [
        {
          heading: prose.pick('h1', ['성질', '특성', '물리적 성질']),
          blocks: [
            [
              prose.ko(prose.pick('state', koStates[state]), ko),
              ...(row.melting
                ? [prose.ko(prose.pick('melt', ['녹는점은 {melting} °C이다.', '{melting}&nbsp;°C에서 녹는다.']), ko)]
                : []),
              ...(row.boiling
                ? [
                    prose.ko(
                      prose.pick('boil', ['끓는점은 {boiling} °C이다.', '{boiling}&nbsp;°C에 이르면 끓는다.']),
                      ko,
                    ),
                  ]
                : []),
            ].join(' '),
            prose.ko(
              prose.pick('kin', [
                '화학적 성질은 {kin:과} 비슷하다.',
                '{kin} 등과 성질이 닮았다.',
                '같은 무리에 드는 원소로 {kin:이} 있다.',
              ]),
              ko,
            ),
          ],
        },
        ...koHistory(prose, row, ko, artificial),
        ...koNames(prose, subject),
        {
          heading: '주기율표에서의 자리',
          blocks: [
            [
              '{| class="wikitable"',
              '! 원자 번호 !! 기호 !! 이름 !! 원자량',
              ...[at - 1, at, at + 1].flatMap((i) => {
                const other = elements[i]
                return other && subjects[i]
                  ? [`|-`, `| ${other.number} || ${other.symbol} || ${prose.linkKo(subjects[i])} || ${other.mass}`]
                  : []
              }),
              '|}',
            ].join('\n'),
          ],
        },
      ],
      categories: ['화학 원소', family.ko],
      caption: prose.ko('{s}의 시료 (원자 번호 {number}, {kin:과} 같은 무리)', { ...ko, kin: group.slice(0, 1) }),
      later: prose.ko('{neighbours:과} 견주어 설명하는 교과서가 많다.', ko),
    },
    en: {
      infobox: [
        '{{Infobox element',
        `| name = ${subject.enWord} | symbol = ${row.symbol} | number = ${row.number}`,
        `| atomic mass = {{val|${row.mass}}}`,
        `| group = ${row.group || '{{n/a}}'} | period = ${row.period}`,
        ...(row.melting ? [`| melting point C = ${row.melting}`] : []),
        ...(row.boiling ? [`| boiling point C = ${row.boiling}`] : []),
        '}}',
      ].join('\n'),
      lead: [
        `${enLead(prose, subject)} ${prose.en(
          prose.pick('lead', [
            'is a [[chemical element]]; it has symbol {symbol} and atomic number {number}.',
            'is the chemical element with the symbol {symbol} and the atomic number {number}.',
            'is element {number} of the [[periodic table]] and is written {symbol} in formulas.',
          ]),
          en,
        )}`,
        prose.en(
          prose.pick('kind', [
            'It is {family:a} of period {period} and its atomic weight is {mass}.',
            'It is classed as {family:a}; its standard atomic weight is about {mass}.',
            'It is {family:a} and stands next to {neighbours} in the table.',
          ]),
          en,
        ),
        artificial
          ? 'It hardly occurs in nature and is made in particle accelerators or reactors.'
          : prose.en(
              prose.pick('use', [
                'It is mainly used for {use}.',
                'Among its uses are {use}.',
                'It finds wide use in {use}.',
              ]),
              en,
            ),
      ],
      sections: [
        {
          heading: prose.pick('h1', ['Properties', 'Characteristics', 'Physical properties']),
          blocks: [
            [
              prose.en(prose.pick('state', enStates[state]), en),
              ...(row.melting
                ? [
                    prose.en(
                      prose.pick('melt', [
                        'It melts at {{convert|{melting}|C|F}}.',
                        'Its melting point is {melting} °C.',
                      ]),
                      en,
                    ),
                  ]
                : []),
              ...(row.boiling
                ? [
                    prose.en(
                      prose.pick('boil', [
                        'It boils at {{convert|{boiling}|C|F}}.',
                        'The boiling point is {boiling} °C.',
                      ]),
                      en,
                    ),
                  ]
                : []),
            ].join(' '),
            prose.en(
              prose.pick('kin', [
                'In its chemistry it resembles {kin}.',
                'It behaves much like {kin}.',
                'Relatives in the table are {kin}.',
              ]),
              en,
            ),
          ],
        },
        ...enHistory(prose, row, en, artificial),
        {
          heading: 'Place in the periodic table',
          blocks: [
            [
              '{| class="wikitable"',
              '! Number !! Symbol !! Name !! Atomic weight',
              ...[at - 1, at, at + 1].flatMap((i) => {
                const other = elements[i]
                return other && subjects[i]
                  ? [`|-`, `| ${other.number} || ${other.symbol} || ${prose.linkEn(subjects[i], '^')} || ${other.mass}`]
                  : []
              }),
              '|}',
            ].join('\n'),
          ],
        },
      ],
      categories: ['Chemical elements', `${family.en.charAt(0).toUpperCase()}${family.en.slice(1)}s`],
      caption: prose.en('A sample of {s} (element {number}, of the same family as {kin})', {
        ...en,
        kin: group.slice(0, 1),
      }),
      later: prose.en('Textbooks often describe it together with {neighbours}.', en),
    },
  }
}

function koHistory(prose: Prose, row: Row, values: Values, artificial: boolean): Section[] {
  const sentence =
    row.year === '-'
      ? prose.pick('old', [
          '고대부터 알려져 있어 발견한 사람을 알 수 없다.',
          '누가 처음 발견했는지 모를 만큼 오래전부터 써 왔다.',
        ])
      : artificial
        ? prose.ko('{year}년에 {finder:이} 이끈 연구진이 처음으로 합성하였다.', values)
        : prose.ko(
            prose.pick('found', [
              '{year}년에 {finder:이} 발견하였다.',
              '{finder:이} {year}년에 처음으로 확인하였다.',
              '이 원소는 {year}년 {finder:에} 의해 세상에 알려졌다.',
            ]),
            values,
          )
  return [
    {
      heading: prose.pick('h2', ['역사', '발견', '발견과 이름']),
      blocks: [`${sentence} ${prose.ko(`원소 기호 {symbol:은} [[국제 순수·응용 화학 연합]]이 정한 것이다.`, values)}`],
    },
  ]
}

function enHistory(prose: Prose, row: Row, values: Values, artificial: boolean): Section[] {
  const sentence =
    row.year === '-'
      ? prose.pick('old', [
          'It has been known since antiquity, so no discoverer is named.',
          'People have used it for so long that nobody knows who found it.',
        ])
      : artificial
        ? prose.en('It was first made in {year} by a team led by {finder}.', values)
        : prose.en(
            prose.pick('found', [
              'It was discovered in {year} by {finder}.',
              '{finder:^} first identified it in {year}.',
              'The element became known in {year} through the work of {finder}.',
            ]),
            values,
          )
  return [
    {
      heading: prose.pick('h2', ['History', 'Discovery', 'Discovery and name']),
      blocks: [
        `${sentence} ${prose.en('The symbol {symbol} was fixed by the [[International Union of Pure and Applied Chemistry]].', values)}`,
      ],
    },
  ]
}

type State = 'gas' | 'liquid' | 'solid' | 'unseen'

function stateAt20(row: Row): State {
  if (row.symbol === 'He') return 'gas'
  if (row.symbol === 'C' || row.symbol === 'As') return 'solid'
  if (row.melting === '') return 'unseen'
  if (row.boiling !== '' && Number(row.boiling) < 20) return 'gas'
  return Number(row.melting) < 20 ? 'liquid' : 'solid'
}

const koStates: Readonly<Record<State, readonly string[]>> = {
  gas: ['상온에서 기체 상태로 있다.', '실온에서는 기체이다.'],
  liquid: ['상온에서 액체인 드문 원소이다.', '실온에서 액체로 있는 몇 안 되는 원소이다.'],
  solid: ['상온에서 고체이다.', '실온에서 고체 상태로 존재한다.', '보통의 온도와 압력에서 고체이다.'],
  unseen: [
    '한 번에 얻은 양이 너무 적어서 성질이 직접 측정되지 않았다.',
    '아주 적은 양만 만들어져 성질 대부분이 이론으로만 알려져 있다.',
  ],
}

const enStates: Readonly<Record<State, readonly string[]>> = {
  gas: ['It is a gas at room temperature.', 'Under ordinary conditions it is a gas.'],
  liquid: [
    'It is one of the few elements that are liquid at room temperature.',
    'Unusually, it is liquid at room temperature.',
  ],
  solid: [
    'It is a solid at room temperature.',
    'Under ordinary conditions it is solid.',
    'At normal temperature and pressure it is a solid.',
  ],
  unseen: [
    'So little of it has been made that its properties have not been measured directly.',
    'Most of its properties are known from theory alone.',
  ],
}
