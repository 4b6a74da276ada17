/** After an update, which is told all links anew, the comparer has said what it would of those alone. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PageName } from '../../schemas/types.ts'
import linkComparer from '../../services/03-link-comparer/service.ts'
import { drive, incoming } from './drive.ts'
import { pageNameOf } from './events.ts'

const titles = { ko: ['물', '불', '다리'], en: ['Water', 'Fire', 'Bridge'] }

const link = fc
  .record({
    isKorean: fc.boolean(),
    korean: fc.constantFrom(...titles.ko),
    english: fc.constantFrom(...titles.en),
    rule: fc.oneof(
      { weight: 4, arbitrary: fc.constant('langlink') },
      { weight: 1, arbitrary: fc.constant('wikidata') },
    ),
    evidenceRevisionId: fc.nat(1),
  })
  .map(({ isKorean, korean, english, ...rest }) => {
    const [wiki, title, name, nameLanguage] = isKorean
      ? ['kowiki', korean, english, 'en']
      : ['enwiki', english, korean, 'ko']
    return pageNameOf(wiki, title, name, { nameLanguage, ...rest } as Partial<PageName>)
  })
/** A page makes one link of a rule. */
const dump = fc.uniqueArray(link, { maxLength: 8, selector: ({ rule, wiki, title }) => [rule, wiki, title].join() })

const text = (value: unknown) => JSON.stringify(value)

test('updates of any links are as runs on all of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(dump, { minLength: 3, maxLength: 5 }), async (dumps) => {
      const root = mkdtempSync(join(tmpdir(), 'naru-links-update-'))
      try {
        let said: string[] = []
        let made: readonly string[] | undefined
        for (const links of dumps) {
          const events = links.map((link) => incoming('page-links', link))
          const update = await drive(join(root, 'updated'), linkComparer, events, made ? { made } : {})
          made = update.made
          for (const { value } of update.before) {
            const at = said.indexOf(text(value))
            assert.ok(at >= 0, 'what is said to have been said has been')
            said.splice(at, 1)
          }
          const fresh = update.events('page-names').map(text)
          assert.deepEqual(
            fresh.filter((name) => said.includes(name)),
            [],
            'what stands is not said again',
          )
          said = [...said, ...fresh]
          const run = await drive(join(root, 'fresh'), linkComparer, events)
          assert.deepEqual(said.sort(), run.events('page-names').map(text).sort())
          assert.deepEqual(update.dropped, run.dropped)
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 25 },
  )
})
