/** Consumer groups: a group is a service. */
import type { LogView, MemberView } from '../../runtime/log-view.ts'
import { type ServiceId, serviceIds, specOf } from '../../topology.ts'

export interface GroupView {
  readonly id: ServiceId
  readonly members: readonly MemberView[]
}

export function groupsOf(log: LogView): Promise<GroupView[]> {
  return Promise.all(serviceIds.map(async (id) => ({ id, members: await log.members(id, specOf(id).reads) })))
}
