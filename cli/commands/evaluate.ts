/** naru evaluate with models or TREC runs that are there: judges them, trains nothing. */
import { ConfigError } from '../../runtime/errors.ts'
import { keepCompared } from '../compared-models.ts'
import type { EvaluateFlags } from '../evaluate-flags.ts'
import { renderJudged, renderRuns } from '../evaluation-summary.ts'
import { judgeModels } from '../judge-models.ts'
import { print, printJson } from '../print.ts'
import { workspaceOf } from '../workspace.ts'

export async function evaluate(flags: EvaluateFlags): Promise<void> {
  if (flags.run === undefined && flags.qrels === undefined) await evaluateModels(flags)
  else await evaluateRuns(flags)
}

async function evaluateModels(flags: EvaluateFlags): Promise<void> {
  const judged = await judgeModels(flags)
  keepCompared(workspaceOf(flags.out), judged)
  if (flags.json) printJson(judged)
  else if (!flags.quiet) print(renderJudged(judged))
}

async function evaluateRuns({ run: files, qrels, json, quiet }: EvaluateFlags): Promise<void> {
  if (files === undefined || qrels === undefined) {
    throw new ConfigError('INPUT_MISSING', `--${files === undefined ? 'run' : 'qrels'} is missing`, {
      hint: 'Rankings are judged by judgements: naru evaluate --run FILE --qrels FILE',
    })
  }
  const { readQrels, readRun } = await import('../../evaluation/trec.ts')
  const { compareRuns, judgeRun } = await import('../../evaluation/trec-figures.ts')
  const { evaluationSettings } = await import('../../evaluation/settings.ts')
  const judgements = await readQrels(qrels)
  const runs = []
  for (const file of files) runs.push({ file, ...judgeRun(await readRun(file), judgements) })
  const comparisons = compareRuns(runs, evaluationSettings.parse({}))
  if (json) {
    printJson({
      qrels,
      runs: runs.map(({ file, queries, means }) => ({ file, queries, ...means })),
      comparisons: comparisons.map(({ run, ...one }) => ({ first: files[0], other: files[run], ...one })),
    })
  } else if (!quiet) print(renderRuns(runs, comparisons))
}
