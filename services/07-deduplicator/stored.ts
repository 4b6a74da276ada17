/** A candidate as the dedup store keeps it: framed Avro, which later versions can read, without what the store's key says. */
import { Codec } from '../../runtime/codec.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'

const codec = new Codec()

export function storedForm(candidate: SynonymCandidate): Buffer {
  return codec.encode('SynonymCandidate', { ...candidate, pairKey: '' })
}

export function fromStored(bytes: Uint8Array, pairKey: string): SynonymCandidate {
  return { ...codec.decode('SynonymCandidate', bytes), pairKey }
}
