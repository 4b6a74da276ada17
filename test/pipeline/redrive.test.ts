import { join } from 'node:path'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { redriveSuite } from './redrive.suite.ts'

redriveSuite('embedded', {
  skip: false,
  open: async (_, folder) => ({
    transport: await openEmbeddedTransport({ folder: join(folder, 'state', 'log') }),
    claims: await openEmbeddedClaims({ folder: join(folder, 'state', 'claims') }),
  }),
  replays: [
    ['name-finder', { kind: 'offset', offset: 2, at: { topic: 'articles', partition: 3 } }],
    ['link-comparer', { kind: 'beginning' }],
    ['article-extractor', { kind: 'time', ms: 0 }],
  ],
})
