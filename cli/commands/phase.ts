/** naru download … naru evaluate: one phase, and what it needs that is not done yet. */
import { type ConductFlags, conduct } from '../conduct.ts'
import { type PhaseName, phases } from '../phases.ts'
import { present } from '../present.ts'
import { say } from '../print.ts'

export async function phase(name: PhaseName, flags: ConductFlags): Promise<void> {
  const conducted = await conduct(phases[name].targets, 'continue', flags, say)
  await present(conducted, flags, { report: false })
}
