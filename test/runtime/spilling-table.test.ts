import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { openScratch } from '../../runtime/embedded/scratch.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-spilling-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** With letters on either side of the surrogates: 𝒜 comes after ﬀ by code point, before it by code unit. */
const key = fc.string({ unit: fc.constantFrom('a', 'b', '가', 'ﬀ', '𝒜'), minLength: 1, maxLength: 3 })
const put = fc.record({ key, value: fc.option(fc.nat(9), { nil: null }) })
const range = fc.record({ from: key, to: key }, { requiredKeys: [] })

test('a table says the same in memory and on disk, in the order of code points, whatever is put between the looks', async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.array(put), range), { maxLength: 60 }), async (steps) => {
      const scratch = openScratch(join(root, String(number++)))
      const small = scratch.table<number>('small')
      const large = scratch.table<number>('large')
      // More than memory holds, below all keys that are looked at.
      for (let n = 0; n < 2_500; n++) large.put(`!${n}`, n)
      for (const [puts, { from = 'a', to }] of steps) {
        for (const { key, value } of puts) {
          small.put(key, value)
          large.put(key, value)
          assert.equal(small.get(key), large.get(key))
        }
        const own = { from, ...(to !== undefined && { to }) }
        assert.deepEqual([...small.entries(own)], [...large.entries(own)])
      }
      assert.equal(large.size, small.size + 2_500)
      await scratch.dispose()
    }),
    { numRuns: 30 },
  )
})
