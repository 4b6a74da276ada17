/** After an update by what has changed the matcher has said what it would of all pages at once. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Incoming } from '../../runtime/service.ts'
import type { Mention, PageMentions, PageName, SynonymCandidate } from '../../schemas/types.ts'
import entityMatcher from '../../services/06-entity-matcher/service.ts'
import { drive, incoming } from './drive.ts'
import { pageNameOf } from './events.ts'

/** Titles that are names as well, and names that are no titles: what is found in a page hangs on the links of others. */
const titles = { ko: ['파리', '로댕', '물리학', '조각'], en: ['Paris', 'Rodin', 'Physics', 'Sculpture'] }
const names = {
  ko: ['아인슈타인은', '파리에서', '로댕', '미켈란젤로'],
  en: ['Einstein', 'Paris', 'Rodin', 'Michelangelo'],
}

const mentionOf = (language: 'ko' | 'en'): fc.Arbitrary<Mention> =>
  fc.record({
    surface: fc.constantFrom(...names[language], ...titles[language]),
    target: fc.option(fc.constantFrom(...titles[language]), { nil: null }),
    offset: fc.nat(3),
  })
const pagesOf = (language: 'ko' | 'en') =>
  fc.array(
    fc.record({
      wiki: fc.constant(`${language}wiki`),
      title: fc.constantFrom(...titles[language]),
      language: fc.constant(language),
      pageId: fc.nat(9),
      revisionId: fc.nat(1),
      mentions: fc.array(mentionOf(language), { maxLength: 4 }),
    }),
    { maxLength: 4 },
  )
const link = fc
  .record({
    korean: fc.constantFrom(...titles.ko),
    english: fc.constantFrom(...titles.en),
    rule: fc.constantFrom('langlink', 'inline_langlink', 'redirect'),
    evidencePageId: fc.nat(1),
  })
  .map(({ korean, english, ...rest }) =>
    pageNameOf('kowiki', korean, english, { nameLanguage: 'en', ...rest } as Partial<PageName>),
  )

interface State {
  readonly mentions: readonly PageMentions[]
  readonly links: readonly PageName[]
}
const state: fc.Arbitrary<State> = fc.record({
  // A page id is that of one page.
  mentions: fc
    .tuple(pagesOf('ko'), pagesOf('en'))
    .map(([korean, english]) => [
      ...new Map([...korean, ...english].map((one) => [`${one.wiki}${one.pageId}`, one])).values(),
    ]),
  links: fc.array(link, { maxLength: 6 }),
})

const eventsOf = ({ mentions, links }: State): Incoming[] => [
  ...links.map((value) => incoming('page-names', value)),
  ...mentions.map((value) => incoming('mentions', value)),
]

/** Retractions first, as an update writes them; equal events stand as often as they are said. */
function changesBetween(before: State, now: State): Incoming[] {
  const standing = eventsOf(before)
  const fresh = eventsOf(now).filter((event) => {
    const at = standing.findIndex((one) => one.topic === event.topic && text(one.value) === text(event.value))
    if (at >= 0) standing.splice(at, 1)
    return at < 0
  })
  return [...standing.map((event) => ({ ...event, retracted: true }) as Incoming), ...fresh]
}

const text = (value: unknown) => JSON.stringify(value)

test('updates of any pages and links are as runs on all of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 4 }), async (states) => {
      const root = mkdtempSync(join(tmpdir(), 'naru-matcher-update-'))
      try {
        let said: string[] = []
        let made: readonly string[] | undefined
        for (const [number, now] of states.entries()) {
          const changes = changesBetween(states[number - 1] ?? { mentions: [], links: [] }, now)
          const update = await drive(join(root, 'updated'), entityMatcher, changes, made ? { made } : {})
          made = update.made
          for (const { value } of update.before) {
            const at = said.indexOf(text(value))
            assert.ok(at >= 0, 'what is said to have been said has been')
            said.splice(at, 1)
          }
          said = [...said, ...update.events('synonym-candidates').map(text)]
          const run = await drive(join(root, 'fresh'), entityMatcher, eventsOf(now))
          const candidates: readonly SynonymCandidate[] = run.events('synonym-candidates')
          assert.deepEqual(said.sort(), candidates.map(text).sort())
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 40 },
  )
})
