import type { Article } from '../../schemas/types.ts'

const kinds: readonly Article['kind'][] = ['article', 'redirect', 'disambiguation', 'list', 'stub']

/**
 * Title and kind of an article in Avro, without decoding the rest. They are the sixth and seventh field of
 * schemas/Article.avsc, whose fields never change places; before them are wiki, language, page id, revision id and
 * timestamp. Source: Avro specification, binary encoding: a long is a zigzag varint, a string a long and its bytes.
 */
export class ArticleHead implements Pick<Article, 'title' | 'kind'> {
  readonly kind: Article['kind']
  private readonly encoded: Uint8Array
  private readonly titleAt: number
  private readonly titleEnd: number
  private at = 0

  constructor(encoded: Uint8Array) {
    this.encoded = encoded
    this.skipString()
    this.skipString()
    this.long()
    this.long()
    this.skipString()
    const titleBytes = this.long()
    this.titleAt = this.at
    this.titleEnd = this.at += titleBytes
    this.kind = kinds[this.long()] ?? 'article'
  }

  /** Read when asked for, as few filters do. */
  get title(): string {
    const { buffer, byteOffset } = this.encoded
    return Buffer.from(buffer, byteOffset + this.titleAt, this.titleEnd - this.titleAt).toString('utf8')
  }

  private skipString(): void {
    const length = this.long()
    this.at += length
  }

  private long(): number {
    let value = 0
    let unit = 1
    for (;;) {
      const byte = this.encoded[this.at++] ?? 0
      value += (byte & 0x7f) * unit
      if (byte < 0x80) break
      unit *= 128
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
