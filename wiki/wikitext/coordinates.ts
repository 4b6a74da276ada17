import type { Coordinates } from '../../schemas/types.ts'
import type { Parameters } from './inline-templates.ts'

/** What a template of coordinates says. */
export interface StatedCoordinates {
  readonly place: Coordinates
  /** True where the wiki shows them beside the title: then they are the page's own. */
  readonly isTitle: boolean
  /** What the sentence reads; empty where they stand beside the title alone. */
  readonly text: string
}

const number = /^[-+−]?\d{1,3}(?:\.\d+)?$/

/** Reads `display=`, which is `inline` unless stated. Source: documentation of Template:Coord. */
export function statedCoordinates(p: Parameters): StatedCoordinates | undefined {
  const place = coordinatesOf(p)
  if (place === undefined) return undefined
  const display = p.named('display').toLowerCase()
  const isTitle = /t/.test(display.replaceAll('inline', 'i').replaceAll('title', 't'))
  const isInline = display === '' || /i/.test(display.replaceAll('title', 't'))
  return { place, isTitle, text: isInline ? writtenOut(p) : '' }
}

/** `48°51′24″N 2°21′E`, as precisely as it is stated. */
function writtenOut(p: Parameters): string {
  const values = Array.from({ length: Math.min(p.count, 9) }, (_, i) => p.at(i + 1))
  const east = values.findIndex((value) => /^[EW]$/i.test(value))
  if (east < 0)
    return values
      .slice(0, 2)
      .map((value, i) => signed(value, i === 0 ? 'NS' : 'EW'))
      .join(' ')
  const north = values.findIndex((value) => /^[NS]$/i.test(value))
  return [values.slice(0, north + 1), values.slice(north + 1, east + 1)].map(angle).join(' ')
}

/** `-2.35` → `2.35°W`. */
function signed(value: string, letters: string): string {
  const isNegative = /^[-−]/.test(value)
  return `${value.replace(/^[-+−]/, '')}°${letters[isNegative ? 1 : 0]}`
}

/** Degrees, minutes, seconds and a letter. */
function angle(parts: readonly string[]): string {
  const marks = ['°', '′', '″']
  return parts.map((part, i) => (i < parts.length - 1 ? `${part}${marks[i]}` : part.toUpperCase())).join('')
}

/**
 * `{{coord|48|51|24|N|2|21|E}}`, `{{coord|48.86|N|2.35|E}}` or `{{coord|48.86|2.35}}` in degrees; undefined where it is
 * none of them or no place on the Earth. Source: documentation of Template:Coord.
 */
function coordinatesOf(p: Parameters): Coordinates | undefined {
  const values = Array.from({ length: Math.min(p.count, 9) }, (_, i) => p.at(i + 1))
  const north = values.findIndex((value) => /^[NS]$/i.test(value))
  const east = values.findIndex((value) => /^[EW]$/i.test(value))
  const [latitude, longitude] =
    north > 0 && east > north
      ? [
          degrees(values.slice(0, north), /s/i.test(values[north] ?? '')),
          degrees(values.slice(north + 1, east), /w/i.test(values[east] ?? '')),
        ]
      : [degrees(values.slice(0, 1), false), degrees(values.slice(1, 2), false)]
  if (latitude === undefined || longitude === undefined) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { latitude, longitude }
}

/** Degrees, minutes and seconds as degrees. */
function degrees(parts: readonly string[], isNegative: boolean): number | undefined {
  if (parts.length === 0 || parts.length > 3 || !parts.every((part) => number.test(part))) return undefined
  const [whole = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part.replace('−', '-')))
  const size = Math.abs(whole) + minutes / 60 + seconds / 3600
  return isNegative !== whole < 0 ? -size : size
}
