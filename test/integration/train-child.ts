/** A process that trains until it is done or killed. Arguments: store as JSON, folder, settings of the trainer as JSON. */
import { join } from 'node:path'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { runPipeline, settingsOf } from '../../runtime/pipeline.ts'
import { openTransport } from './stores.ts'

const [store = '', out = '', settings = '{}'] = process.argv.slice(2)
const transport = await openTransport(JSON.parse(store))
const claims = await openEmbeddedClaims({ folder: join(out, 'state', 'claims') })
await runPipeline({
  services: ['trainer'],
  transport,
  claims,
  workers: 1,
  signal: new AbortController().signal,
  around: {
    store: { data: out, models: join(out, 'models') },
    stateFolder: join(out, 'state'),
    logLevel: 'silent',
    logDestination: 2,
    settings: await settingsOf(['trainer'], { trainer: [JSON.parse(settings)] }),
  },
})
await transport.close()
await claims.close()
