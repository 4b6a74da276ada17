/** Names that the rules find on real pages, and what was judged of them. */
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type ReviewVerdict, reviewVerdicts } from '../../dictionary/review-sample.ts'
import { wilsonInterval } from '../../dictionary/wilson.ts'
import { Codec } from '../../runtime/codec.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import type { Article } from '../../schemas/types.ts'
import { recordsOf } from '../../test/pipeline/embedded-log.ts'
import { linesOf } from '../../wiki/lines.ts'

/** A text that a rule takes for a name of a page. */
export interface PageText {
  readonly wiki: string
  readonly title: string
  readonly name: string
  readonly rule: string
}

const judgedText = z.object({
  ...{ wiki: z.string(), title: z.string(), name: z.string(), rule: z.string(), by: z.string() },
  verdict: z.enum(reviewVerdicts),
})
export type JudgedText = z.output<typeof judgedText>

/** Also of texts that are found no more, or never were: what is right of these is what recall lacks. */
export function verdictsOnRealNames(): JudgedText[] {
  const file = join(packageRoot, 'bench', 'real-names', 'verdicts.jsonl')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => judgedText.parse(JSON.parse(line)))
}

/** What a run in `out`, of entity-linker and article-writer at least, has found. Glosses are taken in every language. */
export async function textsFoundIn(out: string, languages: readonly string[]): Promise<PageText[]> {
  const codec = new Codec()
  const found: PageText[] = []
  for (const record of await recordsOf(out, 'page-names')) {
    if (!isEvent(record) || record.value === null) continue
    const { wiki, title, name, rule } = codec.decode('PageName', record.value)
    if (rule !== 'gloss') found.push({ wiki, title, name, rule })
  }
  for (const language of languages) {
    for await (const line of linesOf(createReadStream(join(out, 'wikipedia', `${language}_articles.jsonl`)))) {
      const { wiki, title, glosses }: Article = JSON.parse(line)
      for (const { text } of glosses) found.push({ wiki, title, name: text, rule: 'gloss' })
    }
  }
  return found
}

export interface RuleFigures {
  readonly rule: string
  readonly found: number
  readonly right: number
  readonly wrong: number
  readonly unsure: number
  readonly unjudged: number
  /** Of those judged right or wrong, with its Wilson bounds at 95 %. */
  readonly precision: number
  readonly bounds: readonly [lower: number, upper: number]
  /** Right ones that are not found. */
  readonly missed: number
}

export function figuresOf(found: readonly PageText[], verdicts: readonly JudgedText[]): RuleFigures[] {
  const keyOf = ({ wiki, rule, title, name }: PageText) => [wiki, rule, title, name].join('\t')
  const verdictOf = new Map(verdicts.map((one) => [keyOf(one), one.verdict]))
  const foundKeys = new Set(found.map(keyOf))
  const rules = [...new Set(verdicts.map(({ rule }) => rule))].sort()
  return rules.map((rule) => {
    const ofRule = found.filter((one) => one.rule === rule)
    const count = (verdict?: ReviewVerdict) => ofRule.filter((one) => verdictOf.get(keyOf(one)) === verdict).length
    const [right, wrong] = [count('right'), count('wrong')]
    const missed = verdicts.filter((one) => one.rule === rule && one.verdict === 'right' && !foundKeys.has(keyOf(one)))
    return {
      ...{ rule, found: ofRule.length, right, wrong, unsure: count('unsure'), unjudged: count(undefined) },
      precision: right / (right + wrong),
      bounds: wilsonInterval(right, right + wrong),
      missed: missed.length,
    }
  })
}
