/** Written at once: a write for each line would take longer than making it. */
const batchLength = 1 << 16

/** Each line with its line feed. */
export async function* textLines(lines: Iterable<string>): AsyncIterable<string> {
  let batch = ''
  for (const line of lines) {
    batch += `${line}\n`
    if (batch.length < batchLength) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}
