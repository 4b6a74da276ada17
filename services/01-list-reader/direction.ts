/** Which of two terms is of which language, as the scripts of their letters say. */
import type { LanguagePair } from '../../language/pair.ts'
import type { Read, Row } from './rows.ts'

/** Codes of the scripts of languages that stand for several of Unicode's. */
const partsOfScript: Readonly<Record<string, readonly string[]>> = {
  Kore: ['Hang', 'Hani'],
  Jpan: ['Hira', 'Kana', 'Hani'],
  Hans: ['Hani'],
  Hant: ['Hani'],
}

/** swapped: the term of the pair's second language stands first. untold: nothing in the letters says. */
export type Order = 'given' | 'swapped' | 'untold'
type Side = 'left' | 'right'

/** Rows at the head of a list that are looked at to learn its order. */
const headRows = 1_000

/** Puts the terms of rows in the order of the languages. */
export class Direction {
  /** Letters that only the one language of the pair has. */
  private readonly own: Readonly<Record<Side, RegExp | undefined>>
  /** The language in Latin letters, which any other borrows. */
  private readonly lent: Side | undefined

  constructor([left, right]: LanguagePair) {
    const [scripts, others] = [scriptsOf(left), scriptsOf(right)]
    this.own = { left: lettersOf(scripts, others), right: lettersOf(others, scripts) }
    this.lent = scripts.includes('Latn') ? 'left' : others.includes('Latn') ? 'right' : undefined
  }

  /** The order of most of the rows at the head that tell one. */
  async usual(rows: AsyncIterable<Read>): Promise<Order> {
    const told = { given: 0, swapped: 0, untold: 0 }
    let seen = 0
    for await (const row of rows) {
      if (row.kind === 'row') told[this.orderOf(row.terms)]++
      if (++seen === headRows) break
    }
    if (told.given === told.swapped) return 'untold'
    return told.given > told.swapped ? 'given' : 'swapped'
  }

  /**
   * The row with the term of the first language first. One whose letters do not tell (TV, DNA: Korean borrows Latin
   * letters) is taken in the usual order of its list, or as it stands. A row of two terms of one language is bad.
   */
  turned(row: Read, usual: Order): Read {
    if (row.kind === 'bad') return row
    const [first, second] = row.terms
    const [one, other] = row.terms.map((term) => this.sideOf(term))
    if (one !== undefined && one === other && one !== this.lent) {
      return { kind: 'bad', line: row.line, title: `${first} ${second}`, reason: 'both terms are of one language' }
    }
    const order = this.orderOf(row.terms)
    return (order === 'untold' ? usual : order) === 'swapped' ? { ...row, terms: [second, first] } : row
  }

  private orderOf(terms: Row['terms']): Order {
    const [one, other] = terms.map((term) => this.sideOf(term))
    if (one === other) return 'untold'
    return one === 'left' || other === 'right' ? 'given' : 'swapped'
  }

  private sideOf(term: string): Side | undefined {
    const sides = (['left', 'right'] as const).filter((side) => this.own[side]?.test(term))
    return sides.length > 1 ? sides.find((side) => side !== this.lent) : sides[0]
  }
}

/** Unicode's scripts of a language, by ISO 15924. */
function scriptsOf(language: string): readonly string[] {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn'
  return partsOfScript[script] ?? [script]
}

/** Undefined where the other language has all of them too. */
function lettersOf(scripts: readonly string[], others: readonly string[]): RegExp | undefined {
  const own = scripts.filter((script) => !others.includes(script))
  if (own.length === 0) return undefined
  return new RegExp(`[${own.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u')
}
