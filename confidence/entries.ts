/** Entries of the synonym files, judged. */
import type { Judge } from './judge.ts'
import { jointVerdict, type Verdict } from './judge.ts'
import { type Statement, type Voice, voicesOf } from './voices.ts'

/** What is read of an entry. */
export interface Entry {
  readonly left: string
  readonly right: string
  readonly confidence: number
  readonly evidence: readonly {
    readonly rule: string
    readonly pages?: readonly string[] | undefined
    readonly wiki?: string | undefined
    readonly detail?: unknown
  }[]
}

export function entryVoices({ left, right, evidence }: Entry): Voice[] {
  return voicesOf(
    evidence.map(({ rule, pages, wiki, detail }) => ({
      rule: rule as Statement['rule'],
      wiki: wiki ?? '',
      detail: typeof detail === 'string' ? detail : '',
      leftSurface: left,
      rightSurface: right,
      leftTitle: pages?.[0] ?? '',
      rightTitle: pages?.[1] ?? '',
    })),
  )
}

export interface JudgedEntry {
  readonly confidence: number
  readonly voices: readonly Voice[]
  readonly verdict: Verdict
}

export function judged(entry: Entry, judges: readonly Judge[]): JudgedEntry {
  return {
    confidence: entry.confidence,
    voices: entryVoices(entry),
    verdict: jointVerdict(judges, entry.left, entry.right),
  }
}

/** Titles and aliases: a dictionary lists the first name of a thing more often than its others. */
export interface JudgeRecalls {
  readonly titles: number
  readonly aliases: number
}

/** What the study finds right of pairs that the surest agreement says; what a judge does not confirm of them is its own gap. */
const surestPrecision = 0.98

/**
 * Of right pairs whose terms the judges know, the share that they confirm: of titles measured on links that both wikis make (or
 * on all links, where none is known to be mutual), of aliases on those that two independent voices give. 1 where none was judged.
 */
export function judgeRecallsOn(entries: readonly JudgedEntry[]): JudgeRecalls {
  const mutual = entries.filter(({ voices }) => voices.includes('link_mutual'))
  return {
    titles: recallOn(mutual.length > 0 ? mutual : entries.filter(isTitle)),
    aliases: recallOn(entries.filter((entry) => !isTitle(entry) && entry.voices.length > 1)),
  }
}

export function recallFor(entry: JudgedEntry, { titles, aliases }: JudgeRecalls): number {
  return isTitle(entry) ? titles : aliases
}

function isTitle({ voices }: JudgedEntry): boolean {
  return voices.some((voice) => voice.startsWith('link_'))
}

function recallOn(sure: readonly JudgedEntry[]): number {
  const known = sure.filter(({ verdict }) => verdict !== 'unknown')
  if (known.length === 0) return 1
  const agreed = known.filter(({ verdict }) => verdict === 'agree').length
  return Math.min(1, Math.max(agreed, 1) / known.length / surestPrecision)
}
