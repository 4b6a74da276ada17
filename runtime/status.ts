/** How far a run is, read from the groups' positions: the same for every transport, from any process. */
import { type ServiceId, specOf, topics } from '../topology.ts'
import { type LedgerState, ledgerAt, readNote, sumLedgers } from './ledger.ts'
import type { Positions } from './log-view.ts'
import { sourcesTopic } from './transport.ts'

export interface ServiceStatus {
  readonly id: ServiceId
  readonly figures: LedgerState
  /** Input partitions that are done, of all. */
  readonly partitionsDone: number
  readonly partitions: number
  /** Records, seals among them, that are written but not yet committed by the group. */
  readonly lag: number
}

/** @param update which update of the run is asked about: 0 for none; absent for the last one that the service has begun. */
export async function statusOf(id: ServiceId, transport: Positions, update?: number): Promise<ServiceStatus> {
  const { kind, reads } = specOf(id)
  const inputs: readonly string[] = kind === 'source' ? [sourcesTopic] : reads
  const partitions = kind === 'source' ? 1 : reads.reduce((sum, topic) => sum + topics[topic].partitions, 0)
  const positions = await transport.positions(id, inputs)
  const ledgers = positions.map((position) =>
    update === undefined ? readNote(position.note) : ledgerAt(position, update),
  )
  const partitionsDone = ledgers.filter((ledger) => ledger.finished).length
  let lag = 0
  if (kind !== 'source') {
    for (const topic of reads) {
      for (const end of await transport.ends(topic)) {
        const at = positions.find((position) => position.topic === topic && position.partition === end.partition)
        lag += Math.max(0, end.offset - (at?.offset ?? 0))
      }
    }
  }
  const figures = sumLedgers(ledgers)
  figures.finished = partitionsDone === partitions
  return { id, figures, partitionsDone, partitions, lag: figures.finished ? 0 : lag }
}
