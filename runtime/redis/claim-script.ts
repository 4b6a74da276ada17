/**
 * The script that claims and retracts in batches, and the bytes that go in and come out of it. A batch is one argument:
 * a thousand arguments would cost the client, which is the limit, more than the server.
 *
 * In Redis: hashes `prefix + bucket`, a field a key, and as its value the entries of the key's evidence one after another. Of
 * key, evidence id and owner only hashes are kept. Small hashes of many fields are what Redis stores most densely.
 *
 *   batch  = { sign (+ claim, - retract), field (8 bytes), bucket (4 hexadecimal digits), entry } …
 *   entry  = evidence id (8 bytes), owner (4), length of the payload (LEB128), payload
 *   answer = for each part of the batch all entries of the key as they then stand; last, the numbers of the claims that others own
 */
import xxhash from 'xxhash-wasm'
import type { Claim, ClaimResult, Retraction } from '../ports.ts'

export const claimScript = `
local prefix, batch = KEYS[1], ARGV[1]
local byte, sub = string.byte, string.sub

-- Last byte of the entry that begins at this byte.
local function lastOf(text, at)
  local length, unit = 0, 1
  at = at + 12
  local digit = byte(text, at)
  while digit > 127 do
    length, unit, at = length + (digit - 128) * unit, unit * 128, at + 1
    digit = byte(text, at)
  end
  return at + length + digit * unit
end

local answers, others = {}, {}
local at = 1
while at <= #batch do
  local field, hash = sub(batch, at + 1, at + 8), prefix .. sub(batch, at + 9, at + 12)
  local entry = at + 13
  local last = lastOf(batch, entry)
  local id = sub(batch, entry, entry + 7)
  local held = redis.call('HGET', hash, field) or ''
  local from, to, found = 1, 0, false
  while from <= #held and not found do
    to = lastOf(held, from)
    if sub(held, from, from + 7) == id then found = true else from = to + 1 end
  end
  if byte(batch, at) == 43 then
    if not found then
      held = held .. sub(batch, entry, last)
      redis.call('HSET', hash, field, held)
    elseif sub(held, from + 8, from + 11) ~= sub(batch, entry + 8, entry + 11) then
      others[#others + 1] = #answers
    end
  elseif found then
    held = sub(held, 1, from - 1) .. sub(held, to + 1)
    if held == '' then redis.call('HDEL', hash, field) else redis.call('HSET', hash, field, held) end
  end
  answers[#answers + 1] = held
  at = last + 1
end
answers[#answers + 1] = table.concat(others, ',')
return answers`

/** What is asked of one key; without an owner it is a retraction. */
export type Asked = Claim | Retraction

const headBytes = 13
const entryHeadBytes = 12
const longestLengthBytes = 5
/** 65,536 hashes: 10 million keys make 150 fields each, which Redis still stores densely (hash-max-listpack-entries). */
const bucketMask = 0xffff
const nothing = new Uint8Array(0)
const [plus, minus] = [0x2b, 0x2d]

/** Writes batches. Keys that differ fall on one field of one bucket with odds of 2⁻⁸⁰ a pair: 1 in 2·10¹⁰ for 10 million. */
export async function batchWriter(): Promise<(batch: readonly Asked[]) => Buffer> {
  const { h32, h64 } = await xxhash()
  return (batch) => {
    const overhead = headBytes + entryHeadBytes + longestLengthBytes
    const bytes = Buffer.allocUnsafe(batch.reduce((sum, asked) => sum + overhead + payloadOf(asked).length, 0))
    let at = 0
    for (const asked of batch) {
      const payload = payloadOf(asked)
      bytes[at] = 'owner' in asked ? plus : minus
      bytes.writeBigUInt64LE(h64(asked.key), at + 1)
      bytes.write((h32(asked.key) & bucketMask).toString(16).padStart(4, '0'), at + 9, 'latin1')
      bytes.writeBigUInt64LE(h64(asked.evidenceId), at + 13)
      // A duplicate that hits the owner's number by chance is passed on again, which changes nothing: 4 bytes are enough.
      bytes.writeUInt32LE('owner' in asked ? h32(asked.owner) : 0, at + 21)
      at = writeLength(bytes, payload.length, at + headBytes + entryHeadBytes)
      bytes.set(payload, at)
      at += payload.length
    }
    return bytes.subarray(0, at)
  }
}

/** Takes the answer for a batch apart; the payloads are views into it. */
export function readAnswers(answers: readonly Buffer[]): ClaimResult[] {
  const listed = answers.at(-1)?.toString('latin1')
  const others = new Set(listed ? listed.split(',').map(Number) : [])
  return answers.slice(0, -1).map((entries, at) => ({ owned: !others.has(at), payloads: payloadsIn(entries) }))
}

function payloadsIn(entries: Buffer): Uint8Array[] {
  const payloads: Uint8Array[] = []
  for (let at = 0; at < entries.length; ) {
    let length = 0
    at += entryHeadBytes
    for (let unit = 1; ; unit *= 128) {
      const digit = entries[at++]!
      length += (digit & 127) * unit
      if (digit < 128) break
    }
    payloads.push(entries.subarray(at, at + length))
    at += length
  }
  return payloads
}

function payloadOf(asked: Asked): Uint8Array {
  return 'owner' in asked ? asked.payload : nothing
}

/** Answers with the place after it. */
function writeLength(bytes: Buffer, length: number, at: number): number {
  let rest = length
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128
  bytes[at++] = rest
  return at
}
