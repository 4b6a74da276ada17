/**
 * Which pages link texts name. A text weighs against all that it leads to, so all links are counted first. The counts are left to the update that
 * follows, which counts what has changed.
 */
import { before, dropped, emit, stream } from '../../runtime/service.ts'
import { type ChangedAnchor, ChangedAnchors } from './changed-anchors.ts'
import { type Evidence, noEvidence, withLink } from './evidence.ts'
import { KeptTallies, type Targets } from './kept-tallies.ts'
import { nameBy, verdictsOn } from './names.ts'
import { settings } from './settings.ts'
import { type Tally, withAnchor, withoutAnchor } from './tally.ts'

export default stream(
  'anchor-counter',
  { settings, ports: ['scratch', 'tables'] },
  async function* (events, { settings, tables }) {
    const tallies = new KeptTallies(tables)
    for await (const { key, value } of events) tallies.add(key, value)
    for (const [surface, targets] of tallies.surfaces()) {
      for (const { target, tally, share, reason } of verdictsOn(targets, settings)) {
        yield reason ? dropped(reason) : emit.pageNames(nameBy(surface, target, tally, share))
      }
    }
  },
  async function* ({ events, standing }, { settings, scratch, tables }) {
    const tallies = new KeptTallies(tables)
    const changed = new ChangedAnchors(scratch)
    for await (const { key, value, retracted } of events) changed.add(key, value, retracted === true)

    /** By surface and target, of names of whose links none is known that is left. There are few: all links are looked at for them. */
    const sought = new Map<string, Map<string, Evidence>>()
    for (const [surface, anchors] of changed.surfaces()) {
      const targets = tallies.targetsOf(surface)
      for (const { target, tally, share, reason } of verdictsOn(targets, settings)) {
        if (!reason) yield before(emit.pageNames(nameBy(surface, target, tally, share)))
      }
      tallies.replace(surface, changedBy(anchors, targets))
      for (const { target, tally, share, reason } of verdictsOn(targets, settings)) {
        if (reason) yield dropped(reason)
        else if (tally.evidence.links.length > 0) yield emit.pageNames(nameBy(surface, target, tally, share))
        else sought.set(surface, (sought.get(surface) ?? new Map()).set(target, noEvidence))
      }
    }
    tallies.settle()
    if (sought.size === 0) return

    for await (const { key, value } of standing((key) => sought.has(key))) {
      const own = sought.get(key)
      const known = own?.get(value.target)
      if (known) own?.set(value.target, withLink(known, value))
    }
    for (const [surface, own] of sought) {
      for (const { target, tally, share } of verdictsOn(tallies.targetsOf(surface), settings)) {
        const evidence = own.get(target)
        if (evidence === undefined) continue
        const known = { ...tally, evidence }
        tallies.replace(surface, new Map([[target, known]]))
        yield emit.pageNames(nameBy(surface, target, known, share))
      }
    }
    tallies.settle()
  },
)

/** Brings the targets of a surface up to date. Returns those that are others; null for one to which no link leads now. */
function changedBy(anchors: readonly ChangedAnchor[], targets: Targets): Map<string, Tally | null> {
  const changed = new Map<string, Tally | null>()
  for (const { anchor, isRetracted } of anchors) {
    const tally = (isRetracted ? withoutAnchor : withAnchor)(targets.get(anchor.target), anchor)
    targets.set(anchor.target, tally)
    changed.set(anchor.target, tally)
  }
  for (const [target, tally] of changed) {
    if (tally?.count !== 0) continue
    targets.delete(target)
    changed.set(target, null)
  }
  return changed
}
