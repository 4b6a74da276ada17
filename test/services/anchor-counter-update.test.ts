/** After an update by what has changed the counter has said what it would of all links at once. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldTitle } from '../../language/title.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { AnchorCount } from '../../schemas/types.ts'
import anchorCounter from '../../services/05-anchor-counter/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

/** Texts that fold to the same, and pages that they lead to. */
const surfaces = ['AI', 'ai', 'A.I.', 'dogs']
const targets = ['Artificial intelligence', 'Avian influenza', 'Dog']

type Link = Pick<AnchorCount, 'surface' | 'target' | 'count' | 'written' | 'offset'>

const link: fc.Arbitrary<Link> = fc.record({
  surface: fc.constantFrom(...surfaces),
  target: fc.constantFrom(...targets),
  count: fc.integer({ min: 1, max: 3 }),
  written: fc.constantFrom('', 'AIs'),
  offset: fc.option(fc.nat(9), { nil: null }),
})

/** Dumps of some pages, of which each has its links or none, and in each of which a few are others. */
const history = fc
  .record({
    pages: fc.array(fc.array(link, { maxLength: 3 }), { minLength: 12, maxLength: 12 }),
    edits: fc.array(fc.array(fc.tuple(fc.nat(11), fc.array(link, { maxLength: 3 })), { minLength: 1, maxLength: 4 }), {
      minLength: 3,
      maxLength: 6,
    }),
  })
  .map(({ pages, edits }) => {
    let revision = 1
    let now = pages.map((links) => ({ revision, links }))
    return [now].concat(
      edits.map((edited) => {
        revision++
        now = now.map((page, id) => {
          const edit = edited.find(([at]) => at === id)
          return edit ? { revision, links: edit[1] } : page
        })
        return now
      }),
    )
  })

type Pages = readonly { readonly revision: number; readonly links: readonly Link[] }[]

function eventsOf(pages: Pages): Incoming[] {
  return pages.flatMap(({ revision, links }, pageId) =>
    links.map((link) => {
      const surfaceKey = foldTitle(link.surface)
      return incoming('anchors', { ...link, wiki: 'enwiki', language: 'en', surfaceKey, pageId, revisionId: revision })
    }),
  )
}

const text = (value: unknown) => JSON.stringify(value)

/** Retractions first, as an update writes them; equal events stand as often as they are said. */
function changesBetween(before: readonly Incoming[], now: readonly Incoming[]): Incoming[] {
  const standing = [...before]
  const fresh = now.filter(({ value }) => {
    const at = standing.findIndex((one) => text(one.value) === text(value))
    if (at >= 0) standing.splice(at, 1)
    return at < 0
  })
  return [...standing.map((event) => ({ ...event, retracted: true }) as Incoming), ...fresh]
}

/** What few links say is said, so that the evidence shows. */
const settings = { minCount: 1, minShare: 0.2 }

test('updates of any links are as runs on all of them', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (dumps) => {
      const root = mkdtempSync(join(tmpdir(), 'naru-anchors-update-'))
      try {
        let said: string[] = []
        let made: readonly string[] | undefined
        let standing: Incoming[] = []
        for (const dump of dumps) {
          const now = eventsOf(dump)
          const options = { settings, standing: () => now, ...(made && { made }) }
          const changes = changesBetween(standing, now)
          const update = await drive(join(root, 'updated'), anchorCounter, changes, options)
          made = update.made
          for (const { value } of update.before) {
            const at = said.indexOf(text(value))
            assert.ok(at >= 0, 'what is said to have been said has been')
            said.splice(at, 1)
          }
          said = [...said, ...update.events('page-names').map(text)]
          const run = await drive(join(root, 'fresh'), anchorCounter, now.toReversed(), { settings })
          assert.deepEqual(said.sort(), run.events('page-names').map(text).sort())
          standing = now
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 15 },
  )
})

test('where the pages that are known have the link no more, the next is looked for among all links', async (t) => {
  const link: Link = { surface: 'ai', target: 'Avian influenza', count: 1, written: '', offset: 0 }
  const pages: Pages = Array.from({ length: 8 }, () => ({ revision: 1, links: [link] }))
  /** Of the first pages the links are gone. */
  const without = (count: number) => pages.map((page, id) => (id < count ? { revision: 2, links: [] } : page))
  const folder = await temporaryFolder(t)
  let standing: Incoming[] = []
  let made: readonly string[] | undefined
  const looked: number[] = []
  const evidence: (number | undefined)[] = []
  for (const gone of [0, 3, 6, 7]) {
    const now = eventsOf(without(gone))
    const all = () => {
      looked.push(gone)
      return now
    }
    const options = { settings, standing: all, ...(made && { made }) }
    const update = await drive(folder, anchorCounter, changesBetween(standing, now), options)
    made = update.made
    standing = now
    evidence.push(update.events('page-names')[0]?.evidencePageId)
  }
  assert.deepEqual(evidence, [0, 3, 6, 7])
  assert.deepEqual(looked, [6], 'the fourth page was known, and of those that were found the last')
})
