import type { countries } from '../facts/countries.ts'
import type { Subject } from './subject.ts'

export type CountryRow = (typeof countries)[number]

export interface Country {
  readonly row: CountryRow
  readonly subject: Subject
  capital?: City
}

export interface City {
  readonly subject: Subject
  readonly country: Country
  readonly people: number
  readonly north: number
  readonly east: number
  readonly fame?: { readonly ko: string; readonly en: string }
  readonly isCapital: boolean
}

/** Great-circle distance in km on a sphere of radius 6,371 km. */
export function kilometres(a: City, b: City): number {
  const radians = Math.PI / 180
  const dNorth = (b.north - a.north) * radians
  const dEast = (b.east - a.east) * radians
  const h =
    Math.sin(dNorth / 2) ** 2 + Math.cos(a.north * radians) * Math.cos(b.north * radians) * Math.sin(dEast / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(h))
}
