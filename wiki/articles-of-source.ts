/** Articles of a source of either kind: export XML or documents of a search index, told by the first bytes. */
import { type ArticlesOptions, articleRunsOf, type BytesPlace } from './articles.ts'
import { type CirrusOutcome, cirrusArticlesOf } from './cirrus.ts'
import { startsLikeCirrus } from './cirrus-documents.ts'
import type { Site } from './site.ts'

/** Enough to tell the one from the other, white space before them included. */
const tellingBytes = 64

/** As `articleRunsOf`, and as `cirrusArticlesOf` a document at a time. */
export async function* articleRunsOfSource(
  chunks: AsyncIterable<Uint8Array>,
  site: Site,
  place: BytesPlace,
  options: ArticlesOptions,
): AsyncGenerator<Iterable<CirrusOutcome>, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    let first: Uint8Array = new Uint8Array(0)
    while (first.length < tellingBytes) {
      const { done, value } = await iterator.next()
      if (done) break
      // A chunk is no longer looked at once the next is asked for.
      first = first.length === 0 ? value : Buffer.concat([first, value])
      if (first.length < tellingBytes) first = Uint8Array.from(first)
    }
    const all = withFirst(first, iterator)
    if (startsLikeCirrus(first)) {
      for await (const outcome of cirrusArticlesOf(all, site, place, options)) yield [outcome]
    } else yield* articleRunsOf(all, site, place, options)
  } finally {
    await iterator.return?.()
  }
}

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
