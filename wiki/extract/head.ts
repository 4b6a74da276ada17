import type { Article } from '../../schemas/types.ts'

const kinds: readonly Article['kind'][] = ['article', 'redirect', 'disambiguation', 'list', 'stub']

/**
 * Title and kind of an article in Avro, without decoding the rest. They are the sixth and seventh field of
 * schemas/Article.avsc, whose fields never change places; before them are wiki, language, page id, revision id and
 * timestamp. Source: Avro specification, binary encoding: a long is a zigzag varint, a string a long and its bytes.
 */
export function headOf(encoded: Uint8Array): Pick<Article, 'title' | 'kind'> {
  let at = 0
  const long = (): number => {
    let value = 0
    let unit = 1
    for (;;) {
      const byte = encoded[at++] ?? 0
      value += (byte & 0x7f) * unit
      if (byte < 0x80) break
      unit *= 128
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  const skipString = (): void => {
    const length = long()
    at += length
  }
  skipString()
  skipString()
  long()
  long()
  skipString()
  const titleBytes = long()
  const title = Buffer.from(encoded.buffer, encoded.byteOffset + at, titleBytes).toString('utf8')
  at += titleBytes
  return { title, kind: kinds[long()] ?? 'article' }
}
