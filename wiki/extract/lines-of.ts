/** The lines of a batch; each ends with a line feed, which is left out. */
export function* linesOf(batch: Uint8Array): Generator<string, void, undefined> {
  const bytes = Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength)
  let from = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    yield bytes.toString('utf8', from, end)
    from = end + 1
  }
}
