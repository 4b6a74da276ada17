/** The dedup store without a server: one lmdb environment, keys [key, evidence id]. */
import type { Claim, ClaimResult, ClaimStore, Retraction } from '../ports.ts'
import { openEnvironment } from './environment.ts'
import { GroupCommit } from './group-commit.ts'

interface StoredClaim {
  readonly owner: string
  readonly payload: Uint8Array
}

/** Sorts after every evidence id: lmdb compares the UTF-8 bytes, so the last code point comes last, not U+FFFF. */
const afterEveryId = '\u{10ffff}\u{10ffff}'

export function openEmbeddedClaims({ folder }: { readonly folder: string }): Promise<ClaimStore> {
  const database = openEnvironment<StoredClaim, [string, string]>(folder, { overlappingSync: false })
  const commits = new GroupCommit(database, folder)

  const payloadsOf = (key: string): Uint8Array[] =>
    [...database.getRange({ start: [key, ''], end: [key, afterEveryId] })].map(({ value }) => value.payload)

  const claimNow = ({ key, evidenceId, owner, payload }: Claim): ClaimResult => {
    const known = database.get([key, evidenceId])
    if (!known) database.putSync([key, evidenceId], { owner, payload })
    return { owned: known === undefined || known.owner === owner, payloads: payloadsOf(key) }
  }

  const retractNow = ({ key, evidenceId }: Retraction): Uint8Array[] => {
    database.removeSync([key, evidenceId])
    return payloadsOf(key)
  }

  return Promise.resolve({
    claim: (claim) => commits.write(claim.payload.length, () => claimNow(claim)),
    retract: (retraction) => commits.write(0, () => retractNow(retraction)),
    clear: () => commits.write(0, () => database.clearSync()),
    close: () => commits.close(),
  })
}
