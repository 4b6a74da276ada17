/** naru synonyms explain: why two terms are a pair. */

export interface ExplainFlags {
  readonly out?: string
  readonly json?: boolean
}

export function explain(term: string, flags: ExplainFlags): Promise<void> {
  throw new Error(`${term} ${flags.out}`)
}
