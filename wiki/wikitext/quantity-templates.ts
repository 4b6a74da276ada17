/** Templates that stand for numbers with their units, as a sentence reads them. */
import type { InlineTemplate } from './inline-templates.ts'

const symbols = new Map(
  Object.entries({
    C: '°C',
    F: '°F',
    acre: 'acres',
    um: 'μm',
    usgal: 'US gal',
    impgal: 'imp gal',
    LT: 'long tons',
    ST: 'short tons',
    'PD/sqkm': '/km²',
    'PD/sqmi': '/sq mi',
  }),
)
const superscripts: Readonly<Record<string, string>> = { 2: '²', 3: '³' }

/** `{{convert}}`'s code of a unit as it is written: `sqmi` → `sq mi`, `kg/m3` → `kg/m³`, `e6km2` → `× 10^6 km²`. */
function unitSymbol(code: string): string {
  return (
    symbols.get(code) ??
    code
      .replace(/^e([369])(?=[a-z])/i, '× 10^$1 ')
      .replace(/\bsq([kcm]?m)\b/, (_, metre: string) => `${metre}²`)
      .replace(/\b(sq|cu)(mi|ft|in|yd|nmi)\b/, '$1 $2')
      .replace(/(?<=[a-z])[23](?=$|\/)/g, (digit) => superscripts[digit] ?? digit)
  )
}

const number = /^[-+−]?[\d.,/+e⁄]+$/
const connector = /^(?:to|and|or|x|by|-|–|—|\+|\+\/-|±|×|~)$/
/** Units that one length or weight is told in together: `5 ft 11 in`. */
const partUnits = new Set('mi yd ft in st lb oz LT cwt'.split(' '))

/** `{{convert|10|to|20|km|mi}}` → `10 to 20 km`, `{{convert|5|ft|11|in|cm}}` → `5 ft 11 in`: without the conversion. */
export const convert: InlineTemplate = (p) => {
  const words: string[] = []
  for (let i = 1; i <= p.count; i++) {
    const written = p.at(i)
    if (number.test(written)) words.push(written)
    else if (connector.test(written) && i < p.count) words.push(written === '-' ? '–' : written === 'x' ? '×' : written)
    else {
      words.push(unitSymbol(written))
      const goesOn = partUnits.has(written) && number.test(p.at(i + 1)) && partUnits.has(p.at(i + 2))
      if (!goesOn) break
    }
  }
  return words.join(' ').replaceAll(' – ', '–')
}

/**
 * `{{val|1.2|0.3|e=9|u=kg}}` → `(1.2±0.3) × 10^9 kg`. Of two uncertainties the first is upwards, the second downwards; one
 * in brackets is of the last digits.
 */
export const value: InlineTemplate = (p) => {
  const [, up = '', down = ''] = [1, 2, 3].map((position) => p.at(position).replace(/^[-+−]/, ''))
  const uncertainty = up === '' || up.startsWith('(') ? up : down === '' ? `±${up}` : `+${up}−${down}`
  const told = p.at(1) + uncertainty
  const exponent = p.named('e')
  const scaled = exponent === '' ? told : `${/[±−]/.test(uncertainty) ? `(${told})` : told} × 10^${exponent}`
  const [unit, per] = [p.named('u') || p.named('ul'), p.named('up') || p.named('upl')]
  return `${p.named('p')}${scaled}${p.named('s')}${unit && ` ${unit}`}${per && `/${per}`}${p.named('end')}`
}

/** `{{height|ft=5|in=11}}` → `5 ft 11 in`. */
export const height: InlineTemplate = (p) =>
  ['m', 'cm', 'ft', 'in']
    .filter((unit) => p.named(unit) !== '')
    .map((unit) => `${p.named(unit)} ${unit}`)
    .join(' ')

/** `{{track gauge|1435mm}}` → `1435 mm`. */
export const trackGauge: InlineTemplate = (p) =>
  p
    .at(1)
    .replace(/(\d)(?=[a-z])/g, '$1 ')
    .replace(/([a-z])(?=\d)/g, '$1 ')

/** With a space before, so that `1{{frac|1|4}}` is not eleven quarters. */
export const fraction: InlineTemplate = (p) => {
  if (p.count <= 1) return p.count === 1 ? ` 1/${p.at(1)}` : ''
  return p.count === 2 ? ` ${p.at(1)}/${p.at(2)}` : ` ${p.at(1)} ${p.at(2)}/${p.at(3)}`
}

/** `{{pop density|3645257|640081.87|km2|sqmi|prec=1}}` → `5.7/km²`; three digits count unless `prec` says otherwise. */
export const populationDensity: InlineTemplate = (p) => {
  const [people, area] = [p.at(1), p.at(2)].map((text) => Number(text.replaceAll(',', '')))
  const density = (people ?? 0) / (area ?? 0)
  const decimals = /^\d$/.test(p.named('prec')) ? Number(p.named('prec')) : undefined
  if (!Number.isFinite(density)) return ''
  const shown = decimals === undefined ? String(Number(density.toPrecision(3))) : density.toFixed(decimals)
  return `${shown}/${unitSymbol(p.at(3))}`
}

/** `{{ordinal|3}}` → `3rd`. */
export const ordinal: InlineTemplate = (p) => {
  const digits = p.at(1)
  if (!/^\d+$/.test(digits) || p.language !== 'en') return digits
  const ending = /1[123]$/.test(digits) ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[digits.at(-1) ?? ''] ?? 'th')
  return digits + ending
}
