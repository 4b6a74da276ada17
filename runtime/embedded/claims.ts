/** The dedup store without a server: one lmdb environment, keys [key, evidence id]. */
import { mkdirSync } from 'node:fs'
import { open } from 'lmdb'
import type { Claim, ClaimResult, ClaimStore } from '../ports.ts'
import { diskFull } from './transport.ts'

interface StoredClaim {
  readonly owner: string
  readonly payload: string
}

/** Sorts after every evidence id: lmdb compares the UTF-8 bytes, so the last code point comes last, not U+FFFF. */
const afterEveryId = '\u{10ffff}\u{10ffff}'

export function openEmbeddedClaims({ folder }: { readonly folder: string }): Promise<ClaimStore> {
  mkdirSync(folder, { recursive: true })
  const database = open<StoredClaim, [string, string]>({ path: folder, overlappingSync: false })

  const claimNow = ({ key, evidenceId, owner, payload }: Claim): ClaimResult => {
    const known = database.get([key, evidenceId])
    if (!known) database.putSync([key, evidenceId], { owner, payload })
    const payloads = [...database.getRange({ start: [key, ''], end: [key, afterEveryId] })].map(
      ({ value }) => value.payload,
    )
    return { owned: known === undefined || known.owner === owner, payloads }
  }

  return Promise.resolve({
    // Transactions asked for in one turn of the event loop share one flush to disk.
    claim: (claim) =>
      database
        .transaction(() => claimNow(claim))
        .catch((cause: unknown) => {
          throw diskFull(cause) ?? cause
        }),
    close: () => database.close(),
  })
}
