import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { backPressureSuite } from './back-pressure.suite.ts'
import { closeAll, type TransportStore } from './stores.ts'
import { transportSuite } from './transport.suite.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-transport-'))
let stores = 0
after(async () => {
  await closeAll()
  rmSync(root, { recursive: true, force: true })
})

const fresh = (): TransportStore => ({ kind: 'embedded', folder: join(root, String(stores++)) })

transportSuite('embedded transport', {
  skip: false,
  fresh,
  takeOverMs: 0,
})

backPressureSuite('embedded transport', { skip: false, fresh })
