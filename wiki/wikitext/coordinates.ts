import type { Coordinates } from '../../schemas/types.ts'
import type { Parameters } from './inline-templates.ts'

const number = /^[-+−]?\d{1,3}(?:\.\d+)?$/

/**
 * `{{coord|48|51|24|N|2|21|E}}`, `{{coord|48.86|N|2.35|E}}` or `{{coord|48.86|2.35}}` in degrees; undefined where it is
 * none of them or no place on the Earth. Source: documentation of Template:Coord.
 */
export function coordinatesOf(p: Parameters): Coordinates | undefined {
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
