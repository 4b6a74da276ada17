/** A real OpenSearch, started once for all of its suites. */
import { after, before } from 'node:test'
import { analyzerTests } from './opensearch/analyzers.suite.ts'
import { benchTests } from './opensearch/bench.suite.ts'
import { faultTests } from './opensearch/faults.suite.ts'
import { nodeTests } from './opensearch/node.suite.ts'
import { publishingTests } from './opensearch/publishing.suite.ts'
import { searchIndexTests } from './opensearch/search-indexes.suite.ts'
import { securedTests } from './opensearch/secured.suite.ts'
import { topicTests } from './opensearch/topic.suite.ts'
import { type OpenSearchWorld, openWorld } from './opensearch/world.ts'
import { skipWithout, skipWithoutOpenSearch } from './servers.ts'

const skip = skipWithoutOpenSearch()
let world: OpenSearchWorld | undefined

before(async () => {
  if (!skip) world = await openWorld()
})

const opened = (): OpenSearchWorld => world!

publishingTests(opened, skip)
analyzerTests(opened, skip)
faultTests(opened, skip)
searchIndexTests(opened, skip)
topicTests(opened, skip)
benchTests(opened, skip)
securedTests(opened, skip || skipWithout('openssl'))
nodeTests(opened, skip)

// Last: hooks run in the order in which they are named, and those of the suites still need the node.
after(() => world?.close())
