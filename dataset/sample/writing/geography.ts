import { capitalFame, worldCities } from '../facts/cities.ts'
import { countries } from '../facts/countries.ts'
import { both, listed } from '../facts/rows.ts'
import { writeCity } from './city.ts'
import { writeCountry } from './country.ts'
import type { PlannedPage } from './page.ts'
import type { City, Country, CountryRow } from './places.ts'
import type { Prose } from './prose.ts'
import { type Subject, shown, subjectOf } from './subject.ts'

export function geographyPages(): PlannedPage[] {
  const states = countries.map((row): Country => ({ row, subject: countrySubject(row) }))
  const fame = new Map(capitalFame.map((row) => [row.en, both(row.fame)]))
  const cities: City[] = []
  for (const country of states) {
    const { row } = country
    if (row.capitalEn === '') continue
    const names = { ko: row.capitalKo, en: row.capitalEn }
    const known = fame.get(row.capitalEn)
    country.capital = {
      subject: subjectOf('capital', {
        ...names,
        koRedirects: [`${row.ko}의 수도`],
        enRedirects: [`Capital of ${country.subject.enWord}`],
        ...(row.capitalKo === '서울특별시' ? { koAliases: ['서울', '서울시'] } : {}),
        ...(row.capitalEn === 'Washington, D.C.' ? { koAliases: ['워싱턴'], enAliases: ['Washington'] } : {}),
      }),
      country,
      people: thousands(row.cityThousands),
      north: Number(row.north),
      east: Number(row.east),
      ...(known ? { fame: known } : {}),
      isCapital: true,
    }
    cities.push(country.capital)
  }
  const byName = new Map(states.map((country) => [shown(country.subject.en), country]))
  for (const row of worldCities) {
    const country = byName.get(row.country)
    if (!country) throw new Error(`${row.en} lies in an unknown country: ${row.country}`)
    const aliases = { koAliases: listed(row.koAliases), enAliases: listed(row.enAliases) }
    cities.push({
      subject: subjectOf('city', { ko: row.ko, en: row.en, ...aliases }),
      country,
      people: thousands(row.cityThousands),
      north: Number(row.north),
      east: Number(row.east),
      fame: both(row.fame),
      isCapital: false,
    })
  }
  return [
    ...states.map((country) => ({
      subject: country.subject,
      write: (prose: Prose) => writeCountry(prose, country, states),
    })),
    ...cities.map((city) => ({ subject: city.subject, write: (prose: Prose) => writeCity(prose, city, cities) })),
  ]
}

function thousands(cell: string): number {
  return Math.round(Number(cell) * 1000)
}

function countrySubject(row: CountryRow): Subject {
  const formal = (name: string, plain: string) => (name === '' || name === plain ? [] : [name])
  return subjectOf('country', {
    ko: row.ko,
    en: row.en,
    koAliases: listed(row.koAliases).filter(isCurrent),
    enAliases: listed(row.enAliases).filter(isCurrent),
    koRedirects: [...formal(row.formalKo, row.ko), ...listed(row.koAliases)],
    enRedirects: [...formal(row.formalEn, row.en), ...listed(row.enAliases)],
  })
}

/** Names that today's texts still use; the others, former and outworn ones, only redirect. */
function isCurrent(name: string): boolean {
  return currentNames.has(name)
}

const currentNames: ReadonlySet<string> = new Set([
  ...[
    '한국',
    '남한',
    '북한',
    '중국',
    '타이',
    '터키',
    '호주',
    '스페인',
    '사우디',
    '남아공',
    '보스니아',
    '바티칸',
    '버마',
    'UAE',
  ],
  ...[
    'the UK',
    'Britain',
    'the USA',
    'the US',
    'the UAE',
    'Czechia',
    'Türkiye',
    'Timor-Leste',
    'Cabo Verde',
    'Burma',
    "Côte d'Ivoire",
    'Holland',
  ],
])
