import { continents } from '../facts/countries.ts'
import { both } from '../facts/rows.ts'
import type { Article } from './draft.ts'
import { enLead, koLead } from './gloss.ts'
import { koNames } from './names.ts'
import { type Country, kilometres } from './places.ts'
import { grouped, type Prose, type Values } from './prose.ts'
import { shown } from './subject.ts'

export function writeCountry(prose: Prose, country: Country, states: readonly Country[]): Article {
  const { row, subject, capital } = country
  const continent = continents[row.continent]!
  const people = Math.round(Number(row.millions) * 1_000_000)
  const area = Number(row.area)
  const money = both(row.money)
  const languages = both(row.languages)
  const neighbours = states
    .filter((other) => other !== country && other.row.continent === row.continent)
    .sort((a, b) => apart(country, a) - apart(country, b))
    .slice(0, 4)
  const sharers = (column: 'money' | 'languages') =>
    states.filter((other) => other !== country && other.row[column] === row[column]).map((other) => other.subject)
  const moneyKin = money.en.includes(' ') || money.en === 'euro' ? sharers('money') : []
  const values: Values = {
    area,
    people,
    density: Math.max(1, Math.round(people / area)),
    areaRank: 1 + states.filter((other) => Number(other.row.area) > area).length,
    peopleRank: 1 + states.filter((other) => Number(other.row.millions) > Number(row.millions)).length,
    states: states.length,
    year: row.year,
    capital: capital?.subject ?? '',
    near: neighbours.slice(0, 3).map((other) => other.subject),
    moneyKin: moneyKin.slice(0, 3),
    tongueKin: sharers('languages').slice(0, 3),
  }
  const ko: Values = {
    ...values,
    continent: continent.ko,
    money: money.ko,
    languages: languages.ko,
    formal: row.formalKo,
  }
  const en: Values = {
    ...values,
    continent: continent.en,
    money: money.en,
    languages: languages.en,
    formal: row.formalEn,
  }
  const formalKo = row.formalKo !== '' && row.formalKo !== row.ko
  const dated = row.year !== '-'
  return {
    ko: {
      infobox: [
        '{{나라 정보',
        `| 국가명 = ${row.ko}`,
        ...(formalKo ? [`| 정식명칭 = {{lang|ko|${row.formalKo}}}`] : []),
        ...(capital ? [`| 수도 = {{국기나라|${row.ko}}} [[${capital.subject.ko}]]`] : []),
        `| 면적 = ${grouped(area)} | 인구 = {{formatnum:${people}}}`,
        `| 통화 = ${money.ko} | 공용어 = ${languages.ko.replaceAll(/와 |과 /g, '<br />')}`,
        '}}',
      ].join('\n'),
      lead: [
        `${koLead(prose, subject, '은')} ${prose.ko(prose.pick('lead', ['{continent}에 있는 나라이다.', '{continent}의 나라로, {near:과} 가깝다.', '{continent}에 자리한 국가이다.']), ko)}`,
        ...(formalKo ? [prose.ko("정식 명칭은 '''{formal}'''이다.", ko)] : []),
        ...(capital
          ? [
              prose.ko(
                prose.pick('cap', [
                  '수도는 {capital}이다.',
                  '{capital:을} 수도로 두고 있다.',
                  '정부는 수도 {capital}에 있다.',
                ]),
                ko,
              ),
            ]
          : [prose.ko('도시 하나가 곧 나라를 이루는 도시 국가이다.', ko)]),
      ],
      sections: [
        {
          heading: '지리',
          blocks: [
            prose.ko(
              prose.pick('geo', [
                '면적은 {area}&nbsp;km²로, 표본의 {states}개 나라 가운데 {areaRank}번째로 넓다.',
                '국토의 넓이는 {area}&nbsp;km<sup>2</sup>이며 {states}개 나라 중 {areaRank}위이다.',
                '{{convert|{area}|km2|sqmi}}의 땅을 차지한다.',
              ]),
              ko,
            ),
            prose.ko(
              prose.pick('near', [
                '가까운 나라로는 {near} 등이 있다.',
                '{near} 등이 가까이 있다.',
                '{near:과} 이웃하거나 바다를 사이에 두고 있다.',
              ]),
              ko,
            ),
          ],
        },
        {
          heading: prose.pick('h2', ['주민', '인구', '인구와 언어']),
          blocks: [
            [
              prose.ko(
                prose.pick('pop', [
                  '인구는 2023년 기준으로 약 {people}명이다.',
                  '2023년 무렵 약 {people}명이 살고 있으며, 표본에서 {peopleRank}번째로 많다.',
                  '약 {people}명의 주민이 살고 인구 밀도는 1&nbsp;km²에 {density}명쯤이다.',
                ]),
                ko,
              ),
              prose.ko(
                prose.pick('lang', [
                  '공용어는 {languages}이다.',
                  '{languages:을} 공용어로 쓴다.',
                  '주민은 주로 {languages:을} 쓴다.',
                ]),
                ko,
              ),
              ...(sharers('languages').length > 0 ? [prose.ko('{tongueKin:과} 공용어가 같다.', ko)] : []),
            ].join(' '),
          ],
        },
        {
          heading: '경제',
          blocks: [
            [
              prose.ko(
                prose.pick('money', [
                  '통화는 {money}이다.',
                  '{money:을} 화폐로 쓴다.',
                  '물건값은 {money:으로} 치른다.',
                ]),
                ko,
              ),
              ...(moneyKin.length > 0 ? [prose.ko('{moneyKin}에서도 같은 돈을 쓴다.', ko)] : []),
            ].join(' '),
          ],
        },
        ...(dated
          ? [
              {
                heading: '역사',
                blocks: [
                  prose.ko(
                    prose.pick('year', [
                      '{year}년에 오늘날과 같은 나라로 출발하였다.',
                      '지금의 국가는 {year}년에 세워졌다.',
                      '{year}년은 이 나라가 독립했거나 세워진 해로 꼽힌다.',
                    ]),
                    ko,
                  ),
                ],
              },
            ]
          : []),
        ...koNames(prose, subject),
        { heading: '이웃 나라', blocks: [countryTable(prose, 'ko', neighbours)] },
      ],
      categories: [`${continent.ko}의 나라`, ...(dated ? [`${row.year}년 설립`] : [])],
      caption: prose.ko('{s}의 위치. {near:이} 가까이 보인다.', {
        ...ko,
        near: neighbours.slice(0, 1).map((other) => other.subject),
      }),
      later: prose.ko('인구는 {states}개 나라 가운데 {peopleRank}번째이다.', ko),
    },
    en: {
      infobox: [
        '{{Infobox country',
        `| common_name = ${shown(subject.en)}`,
        ...(row.formalEn ? [`| conventional_long_name = ${row.formalEn}`] : []),
        ...(capital ? [`| capital = [[${capital.subject.en}]]`] : []),
        `| area_km2 = {{formatnum:${area}}} | population_estimate = ${grouped(people)}`,
        `| currency = ${money.en} | official_languages = {{ubl|${languages.en.replaceAll(/, | and /g, '|')}}}`,
        '}}',
      ].join('\n'),
      lead: [
        `${enLead(prose, subject, row.ko === '대한민국' ? { korean: '대한민국', hanja: '大韓民國' } : {})} ${prose.en(prose.pick('lead', ['is a country in {continent}.', 'is a country of {continent} near {near}.', 'is a state situated in {continent}.']), en)}`,
        ...(row.formalEn
          ? [
              prose
                .en("Its formal name is the '''{formal}'''.", en)
                .replace(/the '''(Bosnia|Malaysia|Éire|Brunei)/, "'''$1"),
            ]
          : []),
        ...(capital
          ? [
              prose.en(
                prose.pick('cap', [
                  'The capital is {capital}.',
                  'Its capital is {capital}.',
                  'The government sits in {capital}, the capital.',
                ]),
                en,
              ),
            ]
          : ['It is a city state.']),
      ],
      sections: [
        {
          heading: 'Geography',
          blocks: [
            prose.en(
              prose.pick('geo', [
                'With an area of {{convert|{area}|km2|sqmi}} it ranks {areaRank} among the {states} countries of this sample.',
                'The land covers {area}&nbsp;km<sup>2</sup>, which is number {areaRank} of {states} countries.',
                'It covers {{convert|{area}|km2|sqmi}}.',
              ]),
              en,
            ),
            prose.en(
              prose.pick('near', [
                'Countries nearby are {near}.',
                'It lies close to {near}.',
                '{near:^} are among the nearest countries.',
              ]),
              en,
            ),
          ],
        },
        {
          heading: prose.pick('h2', ['Population', 'Demographics', 'People and languages']),
          blocks: [
            [
              prose.en(
                prose.pick('pop', [
                  'In 2023 about {people} people lived there.',
                  'Around 2023 it had about {people} inhabitants, number {peopleRank} in this sample.',
                  'About {people} people live there, some {density} to the square kilometre.',
                ]),
                en,
              ),
              prose.en(
                prose.pick('lang', [
                  'Official languages: {languages}.',
                  'In official use: {languages}.',
                  'People mainly speak {languages}.',
                ]),
                en,
              ),
              ...(sharers('languages').length > 0 ? [prose.en('The same is official in {tongueKin}.', en)] : []),
            ].join(' '),
          ],
        },
        {
          heading: 'Economy',
          blocks: [
            [
              prose.en(
                prose.pick('money', [
                  'The currency is the {money}.',
                  'People pay with the {money}.',
                  'Its money is the {money}.',
                ]),
                en,
              ),
              ...(moneyKin.length > 0 ? [prose.en('The same money is used in {moneyKin}.', en)] : []),
            ].join(' '),
          ],
        },
        ...(dated
          ? [
              {
                heading: 'History',
                blocks: [
                  prose.en(
                    prose.pick('year', [
                      'The state in its present line began in {year}.',
                      'The present state goes back to {year}.',
                      'The year {year} counts as that of its independence or founding.',
                    ]),
                    en,
                  ),
                ],
              },
            ]
          : []),
        { heading: 'Nearby countries', blocks: [countryTable(prose, 'en', neighbours)] },
      ],
      categories: [
        `Countries in ${continent.en}`,
        ...(dated ? [`States and territories established in ${row.year}`] : []),
      ],
      caption: prose.en('Where {s} lies, with {near} close by', {
        ...en,
        near: neighbours.slice(0, 1).map((other) => other.subject),
      }),
      later: prose.en('By population it is number {peopleRank} of {states} countries.', en),
    },
  }
}

/** Distance of two countries' capitals in km; a country without one is far from everything. */
function apart(a: Country, b: Country): number {
  return a.capital && b.capital ? kilometres(a.capital, b.capital) : Number(b.row.millions) + 50_000
}

function countryTable(prose: Prose, language: 'ko' | 'en', list: readonly Country[]): string {
  const head = language === 'ko' ? '! 나라 !! 수도 !! 면적 (km²)' : '! Country !! Capital !! Area (km²)'
  const lines = list.flatMap(({ row, subject, capital }) => {
    const name = language === 'ko' ? prose.linkKo(subject) : prose.linkEn(subject, '^')
    const seat = capital ? (language === 'ko' ? prose.linkKo(capital.subject) : prose.linkEn(capital.subject)) : '–'
    return ['|-', `| ${name} || ${seat} || style="text-align:right" | ${grouped(Number(row.area))}`]
  })
  return ['{| class="wikitable sortable"', head, ...lines, '|}'].join('\n')
}
