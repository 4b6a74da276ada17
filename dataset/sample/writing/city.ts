import { continents } from '../facts/countries.ts'
import type { Article } from './draft.ts'
import { enLead, koLead } from './gloss.ts'
import { koNames } from './names.ts'
import { type City, kilometres } from './places.ts'
import { grouped, type Prose, type Values } from './prose.ts'
import { shown } from './subject.ts'

export function writeCity(prose: Prose, city: City, cities: readonly City[]): Article {
  const { subject, country, people, north, east, fame } = city
  const near = cities
    .filter((other) => other !== city)
    .sort((a, b) => kilometres(city, a) - kilometres(city, b))
    .slice(0, 4)
  const first = near[0]!
  const continent = continents[country.row.continent]!
  const compatriots = cities.filter((other) => other !== city && other.country === country).slice(0, 3)
  const values: Values = {
    country: country.subject,
    people,
    north: Math.abs(north),
    east: Math.abs(east),
    first: first.subject,
    far: Math.round(kilometres(city, first)),
    near: near.slice(1).map((other) => other.subject),
    compatriots: compatriots.map((other) => other.subject),
    rank:
      1 +
      cities.filter(
        (other) => other.isCapital && other.country.row.continent === country.row.continent && other.people > people,
      ).length,
  }
  const sides = {
    ko: [north < 0 ? '남위' : '북위', east < 0 ? '서경' : '동경'],
    en: [north < 0 ? 'south' : 'north', east < 0 ? 'west' : 'east'],
  }
  const ko: Values = { ...values, continent: continent.ko, fame: fame?.ko ?? '', ns: sides.ko[0]!, ew: sides.ko[1]! }
  const en: Values = { ...values, continent: continent.en, fame: fame?.en ?? '', ns: sides.en[0]!, ew: sides.en[1]! }
  return {
    ko: {
      infobox: `{{도시 정보\n| 이름 = ${shown(subject.ko)}\n| 나라 = {{국기나라|${country.row.ko}}}\n| 인구 = {{formatnum:${people}}}\n| 위도 = ${north} | 경도 = ${east}\n}}`,
      lead: [
        `${koLead(prose, subject, '은')} ${
          city.isCapital
            ? prose.ko(
                prose.pick('lead', [
                  '{country}의 수도이다.',
                  '{country}의 수도로, {continent}에 있다.',
                  '{country}의 수도이자 주요 도시이다.',
                ]),
                ko,
              )
            : prose.ko(
                prose.pick('lead', [
                  '{country}의 도시이다.',
                  '{continent} {country}에 있는 도시이다.',
                  '{country}의 주요 도시 가운데 하나이다.',
                ]),
                ko,
              )
        }`,
        ...(fame
          ? [
              prose.ko(
                prose.pick('fame', [
                  '{fame:으로} 잘 알려져 있다.',
                  '볼거리로는 {fame} 등이 있다.',
                  '{fame:으로} 이름났다.',
                ]),
                ko,
              ),
            ]
          : []),
        prose.ko(
          prose.pick('pop', ['인구는 약 {people}명이다.', '약 {people}명이 산다.', '주민은 {people}명 안팎이다.']),
          ko,
        ),
      ],
      sections: [
        {
          heading: prose.pick('h1', ['위치', '지리', '지리와 교통']),
          blocks: [
            prose.ko(
              prose.pick('geo', [
                '{ns} {north}°, {ew} {east}°에 자리한다.',
                '좌표는 {ns} {north}도, {ew} {east}도이다.',
                '{ns} {north}도와 {ew} {east}도가 만나는 곳에 있다.',
              ]),
              ko,
            ),
            prose.ko(
              prose.pick('near', [
                '표본에 실린 도시 가운데 {first:이} 가장 가까우며 직선거리로 약 {far}&nbsp;km 떨어져 있다.',
                '{first}까지는 직선으로 약 {far}&nbsp;km이다.',
                '가장 가까운 다른 도시는 {first:으로}, {far}&nbsp;km쯤 떨어져 있다.',
              ]),
              ko,
            ),
          ],
        },
        {
          heading: prose.pick('h2', ['개관', '도시의 성격', '지위']),
          blocks: [
            city.isCapital
              ? prose.ko(
                  '{continent}의 수도 가운데 {rank}번째로 사람이 많다. {country}의 정부 기관이 이곳에 모여 있다.',
                  ko,
                )
              : prose.ko('{country}의 경제와 문화에서 큰 몫을 맡고 있다.', ko),
            ...(compatriots.length > 0 ? [prose.ko('같은 나라의 도시로 {compatriots:이} 있다.', ko)] : []),
          ],
        },
        ...koNames(prose, subject),
        {
          heading: '가까운 도시',
          blocks: [
            near
              .map(
                (other) =>
                  `* ${prose.linkKo(other.subject)} (${prose.linkKo(other.country.subject)}, ${grouped(Math.round(kilometres(city, other)))}&nbsp;km)`,
              )
              .join('\n'),
          ],
        },
      ],
      categories: [city.isCapital ? `${continent.ko}의 수도` : `${country.row.ko}의 도시`],
      caption: prose.ko('{s}의 전경. {country:을} 대표하는 도시이다.', ko),
      later: prose.ko('{near} 등도 멀지 않다.', ko),
    },
    en: {
      infobox: `{{Infobox settlement\n| name = ${shown(subject.en)}\n| subdivision_name = {{flag|${shown(country.subject.en)}}}\n| population_total = ${people}\n| coordinates = {{coord|${north}|${east}|display=inline,title}}\n}}`,
      lead: [
        `${enLead(prose, subject, country.row.ko === '대한민국' ? { korean: '서울' } : {})} ${
          city.isCapital
            ? prose.en(
                prose.pick('lead', [
                  'is the capital of {country}.',
                  'is the capital of {country} in {continent}.',
                  'is the capital and a leading city of {country}.',
                ]),
                en,
              )
            : prose.en(
                prose.pick('lead', [
                  'is a city in {country}.',
                  'is a city of {country} in {continent}.',
                  'is one of the main cities of {country}.',
                ]),
                en,
              )
        }`,
        ...(fame
          ? [
              prose.en(
                prose.pick('fame', [
                  'It is known for {fame}.',
                  'Its sights include {fame}.',
                  'Visitors come for {fame}.',
                ]),
                en,
              ),
            ]
          : []),
        prose.en(
          prose.pick('pop', [
            'About {people} people live there.',
            'Its population is about {people}.',
            'It has some {people} inhabitants.',
          ]),
          en,
        ),
      ],
      sections: [
        {
          heading: prose.pick('h1', ['Location', 'Geography', 'Geography and transport']),
          blocks: [
            prose.en(
              prose.pick('geo', [
                'It lies at {north}° {ns} and {east}° {ew}.',
                'Its coordinates are {north} degrees {ns}, {east} degrees {ew}.',
                'It stands where {north}° {ns} meets {east}° {ew}.',
              ]),
              en,
            ),
            prose.en(
              prose.pick('near', [
                'The nearest other city of this sample is {first}, {{convert|{far}|km|mi}} away.',
                '{first} is about {far}&nbsp;km off as the crow flies.',
                'From here to {first} it is about {{convert|{far}|km|mi}}.',
              ]),
              en,
            ),
          ],
        },
        {
          heading: prose.pick('h2', ['Overview', 'Character', 'Standing']),
          blocks: [
            city.isCapital
              ? prose.en(
                  'By population it is number {rank} among the capitals of {continent}. The government of {country} has its seat here.',
                  en,
                )
              : prose.en('It has a large part in the economy and culture of {country}.', en),
            ...(compatriots.length > 0 ? [prose.en('In the same country are {compatriots}.', en)] : []),
          ],
        },
        {
          heading: 'Nearby cities',
          blocks: [
            near
              .map(
                (other) =>
                  `* ${prose.linkEn(other.subject)} (${prose.linkEn(other.country.subject)}, ${grouped(Math.round(kilometres(city, other)))}&nbsp;km)`,
              )
              .join('\n'),
          ],
        },
      ],
      categories: [city.isCapital ? `Capitals in ${continent.en}` : `Cities in ${country.subject.enWord}`],
      caption: prose.en('A view of {s}, a city that stands for {country}', en),
      later: prose.en('Not far away are {near}.', en),
    },
  }
}
