/**
 * Fits the weights of evidence to the verdicts of dictionaries that are no source of the pairs, and writes confidence/fitted.ts.
 *
 *   NARU_SYNONYM_SPLITTER__MIN_CONFIDENCE=0 npx naru synonyms --out RUN
 *   node --import tsx bench/calibration.ts RUN [--dictionary FILE …] [--write]
 *
 * Without --dictionary: kengdic and the Wikidata names of ../shared/data/ko-en. Figures are of pairs that the weights they are
 * judged by were not fitted on: two halves, by the hash of the Korean term, each judged by the weights of the other.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { entryVoices, type JudgedEntry, judged, judgeRecallsOn, recallFor } from '../confidence/entries.ts'
import { confidenceOf, type Weights } from '../confidence/formula.ts'
import { type Judge, readJudge } from '../confidence/judge.ts'
import { reliabilityOf } from '../confidence/reliability.ts'
import { voices } from '../confidence/voices.ts'
import { expectedWeights, fitWeights } from '../confidence/weight-fit.ts'
import { entriesOf } from '../dictionary/entries.ts'
import { foldTitle } from '../language/title.ts'
import { packageRoot } from '../runtime/package-root.ts'

interface Row extends JudgedEntry {
  readonly half: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dictionary: { type: 'string', multiple: true }, write: { type: 'boolean', default: false } },
})
const [run] = positionals
if (run === undefined) throw new Error('usage: bench/calibration.ts RUN [--dictionary FILE …] [--write]')
const shared = (name: string) => join(packageRoot, '..', 'shared', 'data', 'ko-en', name)
const files = values.dictionary ?? ['kengdic-6000.short.ko-en.tsv', 'wikidata-names.en-ko.tsv'].map(shared)
const judges = await Promise.all(files.map((file) => readJudge(file)))

const rows: Row[] = []
let pairs = 0
for await (const entry of entriesOf(join(run, 'synonyms', 'combined_synonyms.json'))) {
  pairs++
  const row = judged(entry, judges)
  if (row.verdict === 'unknown' || entryVoices(entry).includes('existing')) continue
  rows.push({ ...row, half: createHash('sha256').update(foldTitle(entry.left)).digest()[0]! % 2 })
}
const recalls = judgeRecallsOn(rows)
const fitOn = (some: readonly Row[]) =>
  fitWeights(
    some.map((row) => ({
      spoken: row.voices,
      agreed: row.verdict === 'agree',
      judgeRecall: recallFor(row, recalls),
    })),
  )
const ofHalf = (half: number) => rows.filter((row) => row.half === half)
const byOther = [fitOn(ofHalf(1)), fitOn(ofHalf(0))]

const rated = (weightsOf: (row: Row) => Weights) =>
  reliabilityOf(
    rows.map((row) => ({
      confidence: confidenceOf(row.voices, weightsOf(row)),
      right: row.verdict === 'agree',
      judgeRecall: recallFor(row, recalls),
    })),
  )
const before = rated(() => expectedWeights)
const crossFitted = rated(({ half }) => byOther[half]!)
const fitted = fitOn(rows)
const figure = (value: number) => Number(value.toFixed(4))
const origin = {
  pairs,
  judged: rows.length,
  agreed: rows.filter(({ verdict }) => verdict === 'agree').length,
  judgeRecall: { titles: figure(recalls.titles), aliases: figure(recalls.aliases) },
  judges: judges.map(({ name, sha256, pairs: size }: Judge) => ({ name, sha256, pairs: size })),
  judgedByVoice: Object.fromEntries(
    voices.map((voice) => [voice, rows.filter((row) => row.voices.includes(voice)).length]),
  ),
  crossFitted: {
    brier: figure(crossFitted.brier),
    expectedCalibrationError: figure(crossFitted.expectedCalibrationError),
  },
  expected: { brier: figure(before.brier), expectedCalibrationError: figure(before.expectedCalibrationError) },
}
for (const { from, to, judged: count, meanConfidence, right, lower, upper } of crossFitted.bins) {
  console.error(
    `${from}–${to}: ${count} pairs, confidence ${meanConfidence.toFixed(3)}, right ${right.toFixed(3)} (${lower.toFixed(3)}–${upper.toFixed(3)})`,
  )
}
if (values.write) {
  const weights = {
    bias: figure(fitted.bias),
    voices: Object.fromEntries(voices.map((voice) => [voice, figure(fitted.voices[voice])])),
  }
  writeFileSync(
    join(packageRoot, 'confidence', 'fitted.ts'),
    `/*
 * Written by bench/calibration.ts --write; do not edit. docs/explain/confidence.md tells how. Fitted to:
 * ${JSON.stringify(origin)}
 */
import type { Weights } from './formula.ts'

export const fitted: Weights = ${JSON.stringify(weights, null, 2)}
`,
  )
}
console.log(JSON.stringify({ bench: 'calibration', ...origin, fitted }))
