import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { claimsSuite } from './claims.suite.ts'
import { closeAll } from './stores.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-claims-'))
let stores = 0
after(async () => {
  await closeAll()
  rmSync(root, { recursive: true, force: true })
})

claimsSuite('embedded claims', {
  skip: false,
  fresh: () => ({ kind: 'embedded', folder: join(root, String(stores++)) }),
})
