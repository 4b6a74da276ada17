import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { closeAll } from './stores.ts'
import { transportSuite } from './transport.suite.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-transport-'))
let stores = 0
after(async () => {
  await closeAll()
  rmSync(root, { recursive: true, force: true })
})

transportSuite('embedded transport', {
  skip: false,
  fresh: () => ({ kind: 'embedded', folder: join(root, String(stores++)) }),
  takeOverMs: 0,
})
