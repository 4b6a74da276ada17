/** Which lead each example's positive document is aligned with: that of the page which its own page is linked with. */
import type { TrainingExample } from '../../schemas/types.ts'

export interface WithLinkedLead {
  readonly event: TrainingExample
  readonly linkedLead: string | undefined
}

/**
 * No example of the default kinds has both leads, but a title is asked of either: the two documents of one title_lead query are the
 * leads of linked pages. A lead_pair has both by itself. `events`: those of a cluster follow one another, as they do by their ids;
 * their order is kept.
 */
export function* withLinkedLeads(events: Iterable<TrainingExample>): Iterable<WithLinkedLead> {
  let cluster: TrainingExample[] = []
  for (const event of events) {
    if (cluster.length > 0 && cluster[0]?.cluster !== event.cluster) {
      yield* linked(cluster)
      cluster = []
    }
    cluster.push(event)
  }
  yield* linked(cluster)
}

function* linked(cluster: readonly TrainingExample[]): Iterable<WithLinkedLead> {
  const ownLeads = new Map<string, Set<string>>()
  for (const event of cluster) {
    if (event.kind !== 'title_lead' || event.documentLanguage !== event.queryLanguage) continue
    const leads = ownLeads.get(titleOf(event)) ?? new Set()
    ownLeads.set(titleOf(event), leads.add(event.positiveDoc))
  }
  for (const event of cluster) yield { event, linkedLead: linkedLeadOf(event, ownLeads) }
}

function linkedLeadOf(event: TrainingExample, ownLeads: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const { kind, query, queryLanguage, documentLanguage } = event
  if (kind === 'lead_pair') return query
  if (kind !== 'title_lead' || documentLanguage === queryLanguage) return undefined
  const [lead, another] = ownLeads.get(titleOf(event)) ?? []
  // Two pages of one name: which of them the document's page is linked with is not said.
  return another === undefined ? lead : undefined
}

function titleOf({ queryLanguage, query }: TrainingExample): string {
  return `${queryLanguage}\t${query}`
}
