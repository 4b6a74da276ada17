/** Templates that stand for a day, as a reader sees it in the wiki's language. */
import type { InlineTemplate, Parameters } from './inline-templates.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

interface Day {
  readonly year: string
  /** 1 to 12; NaN where none is given. */
  readonly month: number
  readonly day: number
}

/** English wikis write `February 24, 1993` or `24 February 1993`; each template has its own habit. */
type Order = 'month first' | 'day first'

/** Year, month and day from the parameter `from` on; undefined where that is no year. */
function dayAt(p: Parameters, from: number): Day | undefined {
  const [year = '', month = '', day = ''] = [p.at(from), p.at(from + 1), p.at(from + 2)]
  if (!/^\d{1,4}$/.test(year)) return undefined
  const byName = months.findIndex((name) => month.length > 2 && name.toLowerCase().startsWith(month.toLowerCase()))
  return { year, month: byName < 0 ? Number.parseInt(month, 10) : byName + 1, day: Number.parseInt(day, 10) }
}

function written({ year, month, day }: Day, language: string, order: Order): string {
  const hasDay = day >= 1 && day <= 31
  if (language === 'ko') return `${year}년${month > 0 ? ` ${month}월` : ''}${hasDay ? ` ${day}일` : ''}`
  const name = months[month - 1]
  if (name === undefined) return year
  if (!hasDay) return `${name} ${year}`
  return order === 'month first' ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`
}

const isSet = (value: string) => /^(?:y|yes|true|1)$/i.test(value)

/** `{{birth date|1993|2|24}}`; what is no year, such as a whole date in words, stays as it is. */
export const date: InlineTemplate = (p) => {
  const day = dayAt(p, 1)
  return day === undefined ? p.at(1) : written(day, p.language, isSet(p.named('df')) ? 'day first' : 'month first')
}

/** `{{as of|2025|1|28|df=US|lc=y|since=y}}`, or the words of `alt`. */
export const asOf: InlineTemplate = (p) => {
  const alternative = p.named('alt')
  if (alternative !== '') return alternative
  const start = isSet(p.named('since')) ? 'Since' : 'As of'
  const day = dayAt(p, 1)
  const order = /^(?:us|mdy)$/i.test(p.named('df')) ? 'month first' : 'day first'
  return `${isSet(p.named('lc')) ? start.toLowerCase() : start} ${day === undefined ? p.at(1) : written(day, 'en', order)}`
}

/** `{{age|1989|7|23|2003|7|14}}` → 13; without the second day it is the age today, which no text can hold. */
export const age: InlineTemplate = (p) => {
  const [from, to] = [dayAt(p, 1), dayAt(p, 4)]
  if (from === undefined || to === undefined) return ''
  const isBefore = to.month < from.month || (to.month === from.month && to.day < from.day)
  return String(Number(to.year) - Number(from.year) - (isBefore ? 1 : 0))
}
