import { StringDecoder } from 'node:string_decoder'

/** The lines of UTF-8 bytes, without their line ends; the last one also where no line end follows it. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  for await (const lines of lineRunsOf(chunks)) yield* lines
}

/** The same, those of each chunk together: awaiting every line by itself costs more than reading it. */
export async function* lineRunsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void, undefined> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    const lines: string[] = []
    let from = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      lines.push(text.slice(from, text[at - 1] === '\r' ? at - 1 : at))
      from = at + 1
    }
    yield lines
    rest = text.slice(from)
  }
  rest += decoder.end()
  if (rest !== '') yield [rest]
}
