/** OpenSearch as the place of the search indexes that a run makes for itself. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { openSearchIndexes } from '../../../runtime/search-indexes.ts'
import { searchIndexSuite } from '../search-indexes.suite.ts'
import type { OpenSearchWorld } from './world.ts'

export function searchIndexTests(world: () => OpenSearchWorld, skip: string | false): void {
  searchIndexSuite('a search index in OpenSearch', { skip, place: () => world().url, exactLength: 40 })

  test('search indexes are gone from the cluster after the run, and after the next one where a run was killed', {
    skip,
  }, async () => {
    const { cluster, root, url } = world()
    const names = async () =>
      (
        await cluster.ask(z.array(z.object({ index: z.string() })), 'GET', '/_cat/indices/naru-search-of-*', {
          query: { format: 'json', h: 'index' },
        })
      ).map(({ index }) => index)
    const { signal } = new AbortController()
    const folder = join(root, 'search-indexes')
    const killed = openSearchIndexes(folder, signal)
    await killed.build(url, 'of-killed', [['a']])
    const others = openSearchIndexes(join(root, 'others'), signal)
    await others.build(url, 'of-others', [['a']])
    const next = openSearchIndexes(folder, signal)
    await next.build(url, 'of-next', [['a']])
    assert.deepEqual((await names()).map((name) => name.split('-')[3]).sort(), ['next', 'others'])
    await next.dispose()
    await others.dispose()
    await killed.dispose()
    assert.deepEqual(await names(), [])
  })
}
