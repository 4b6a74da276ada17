/** naru synonyms review: a person judges a sample of each source; precision with its bounds comes of it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cardFactsName, reviewName } from '../../../dictionary/card-facts.ts'
import { entriesOf } from '../../../dictionary/entries.ts'
import { takeAnswers } from '../../../dictionary/review-answers.ts'
import {
  drawQuestions,
  type Question,
  type ReviewLine,
  type ReviewVerdict,
  readReview,
  recordAnswer,
  unanswered,
} from '../../../dictionary/review-sample.ts'
import { wilsonInterval } from '../../../dictionary/wilson.ts'
import { writeCard } from '../../../dictionary/write-card.ts'
import { ConfigError } from '../../../runtime/errors.ts'
import { keysOf } from '../../keys.ts'
import { print, printJson } from '../../print.ts'
import { renderTable } from '../../table.ts'
import { workspaceOf } from '../../workspace.ts'
import { synonymFile } from './files.ts'

export interface ReviewFlags {
  readonly out?: string
  readonly pairs: number
  readonly seed: number
  /** Another review, whose answers are taken over. */
  readonly answers?: string
  readonly summary?: boolean
  readonly json?: boolean
}

const verdictOfKey: Readonly<Record<string, ReviewVerdict>> = { y: 'right', n: 'wrong', s: 'unsure' }
const keyHelp = 'y right, n wrong, s skip, q stop'
const evidenceShown = 3

/**
 * Takes the answers of another review, asks what has none, then says what the answers come to. With `summary` or `json` nothing is
 * asked. Throws ConfigError ANSWERS_MISSING.
 */
export async function review({ out, pairs, seed, answers, summary, json }: ReviewFlags): Promise<void> {
  const workspace = workspaceOf(out)
  const entries = synonymFile(workspace, 'combined_synonyms.json')
  const file = join(workspace.data, 'synonyms', reviewName)
  if (answers !== undefined) {
    if (!existsSync(answers)) {
      throw new ConfigError('ANSWERS_MISSING', 'there is no such review', {
        at: { file: answers },
        hint: 'A review lies in synonyms/review.jsonl of its run; that of the sample in dataset/sample/review.jsonl.',
      })
    }
    const { taken, known, elsewhere } = await takeAnswers(entriesOf(entries), answers, file)
    if (!json) print(`${taken} answers taken, ${known} known before, ${elsewhere} of pairs that are not here.`)
  }
  if (!summary && !json) {
    const questions = await drawQuestions(entriesOf(entries), { perSource: pairs, seed })
    await ask(unanswered(questions, await readReview(file)), file)
  }
  // Where the run has written a data card, it tells the precision from now on.
  if (existsSync(join(dirname(file), cardFactsName))) await writeCard(dirname(file))
  const precisions = precisionsIn(await readReview(file))
  if (json) printJson({ file, sources: precisions })
  else print(rendered(precisions, file))
}

async function ask(questions: readonly Question[], file: string): Promise<void> {
  if (questions.length === 0) return
  print(`${questions.length} pairs to judge: ${keyHelp}. Answers are kept in ${file}.`)
  let at = 0
  print(questionText(questions[at]!, at, questions.length))
  for await (const key of keysOf(process.stdin)) {
    const verdict = verdictOfKey[key]
    if (key === 'q') return
    if (verdict === undefined) {
      print(`  ${keyHelp}`)
      continue
    }
    recordAnswer(file, questions[at]!, verdict)
    print(`  ${verdict}`)
    at++
    if (at === questions.length) return
    print(questionText(questions[at]!, at, questions.length))
  }
}

function questionText({ entry, sources }: Question, at: number, of: number): string {
  const { left, right, evidence } = entry
  const pages = [...new Set(evidence.map(({ rule, pages: titles = [] }) => `${rule}: ${titles.join(' ↔ ')}`))]
  const more = pages.length > evidenceShown ? [`and ${pages.length - evidenceShown} more`] : []
  return [
    `\n[${at + 1}/${of}] ${left} = ${right}   (${sources.join(', ')})`,
    ...[...pages.slice(0, evidenceShown), ...more].map((line) => `  ${line}`),
  ].join('\n')
}

interface Precision {
  readonly source: string
  readonly right: number
  readonly wrong: number
  readonly unsure: number
  /** Of those judged right or wrong; undefined where there are none. */
  readonly precision: number | undefined
  /** Wilson bounds, 95 %. */
  readonly lower: number
  readonly upper: number
}

function precisionsIn(review: readonly ReviewLine[]): Precision[] {
  const sources = [...new Set(review.map(({ fields }) => fields.source))].sort()
  return sources.map((source) => {
    const count = (verdict: ReviewVerdict) =>
      review.filter(({ fields }) => fields.source === source && fields.verdict === verdict).length
    const [right, wrong, unsure] = [count('right'), count('wrong'), count('unsure')]
    const [lower, upper] = wilsonInterval(right, right + wrong)
    const precision = right + wrong === 0 ? undefined : right / (right + wrong)
    return { source, right, wrong, unsure, precision, lower, upper }
  })
}

function rendered(precisions: readonly Precision[], file: string): string {
  if (precisions.length === 0) return `Nothing was judged yet (${file}).`
  const columns = [
    { title: 'Source' },
    ...['Right', 'Wrong', 'Skipped', 'Precision', 'From', 'To'].map((title) => ({ title, align: 'right' as const })),
  ]
  return renderTable(
    columns,
    precisions.map(({ source, right, wrong, unsure, precision, lower, upper }) => [
      source,
      ...[right, wrong, unsure].map(String),
      ...[precision, lower, upper].map((share) => share?.toFixed(3) ?? ''),
    ]),
  ).join('\n')
}
