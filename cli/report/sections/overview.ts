import { formatBytes, formatCount } from '../../quantities.ts'
import { formatScore } from '../../retrieval.ts'
import type { ReportFacts } from '../facts.ts'
import { html, type Markup } from '../html.ts'
import { topicCounts } from './counts.ts'

/** The title and the figures to take away. */
export function overviewSection(facts: ReportFacts): Markup {
  const written = new Map(topicCounts(facts.statuses).map(({ topic, events }) => [topic, events]))
  const count = (topic: string) => written.get(topic) ?? 0
  const tiles: { name: string; value: string }[] = [
    { name: 'pages taken apart', value: formatCount(count('articles')) },
    { name: 'synonym pairs', value: formatCount(facts.pairs?.total ?? count('synonyms')) },
    { name: 'training examples', value: formatCount(count('training-examples')) },
    ...activeTermsTile(facts),
    ...headlineTile(facts),
    ...modelSizeTile(facts),
  ]
  return html`<h1>${facts.model === undefined ? 'A run of naru' : `The model “${facts.model}”`}</h1>
<p class="soft">What came out of two Wikipedias: synonym pairs, training examples and a bilingual neural sparse encoder. Made ${facts.madeAt.slice(0, 16).replace('T', ' ')} UTC.</p>
<dl class="tiles">${tiles.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function modelSizeTile({ files }: ReportFacts): { name: string; value: string }[] {
  const model = files.find(({ name }) => name.endsWith('onnx/model.onnx'))
  return model ? [{ name: 'size of the encoder', value: formatBytes(model.bytes) }] : []
}

function activeTermsTile({ training }: ReportFacts): { name: string; value: string }[] {
  const last = training?.steps.findLast((step) => step.activeTermsLong !== undefined)
  if (!last) return []
  return [{ name: 'active terms of a document', value: last.activeTermsLong!.toFixed(0) }]
}

/** Hit@1 of the model on the evaluator's first task, the weaker direction, over all queries and over unseen ones. */
function headlineTile({ scores }: ReportFacts): { name: string; value: string }[] {
  const [first] = scores
  return ['all', 'unseen'].flatMap((part) => {
    const own = scores.filter(
      ({ task, system, stratum, metric }) =>
        task === first?.task && system === 'neural-sparse' && stratum === part && metric === 'hit@1',
    )
    if (own.length === 0) return []
    return [{ name: `${first?.task}, ${part}: hit@1`, value: formatScore(Math.min(...own.map(({ value }) => value))) }]
  })
}
