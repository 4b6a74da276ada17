/** Articles as the bytes that travel: Avro by the newest schemas/Article.avsc, without a frame. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import avro from 'avsc'
import { packageRoot } from '../runtime/package-root.ts'
import type { Article, RedirectTarget } from '../schemas/types.ts'

const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas', 'Article.avsc'), 'utf8'))
const type = avro.Type.forSchema(schema)
const string = avro.Type.forSchema('string')
const redirectType = avro.Type.forSchema(
  schema.fields.find(({ name }: { name: string }) => name === 'redirect').type[1],
)

/** The fields of an article in the order of the schema. */
export const articleFields: readonly (keyof Article)[] = schema.fields.map(({ name }: { name: keyof Article }) => name)

export function encodeArticle(article: Article): Buffer {
  return type.toBuffer(article)
}

export function encodeRedirect(redirect: RedirectTarget): Buffer {
  return redirectType.toBuffer(redirect)
}

export function decodeArticle(bytes: Uint8Array): Article {
  return type.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** The bytes of the fields that are the same for all articles of a dump: those before the page id. */
export function encodePrefix({ wiki, language }: Pick<Article, 'wiki' | 'language'>): Buffer {
  return Buffer.concat([string.toBuffer(wiki), string.toBuffer(language)])
}
