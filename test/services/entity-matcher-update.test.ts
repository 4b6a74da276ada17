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
/** A page for each title, and some of a title that has one already. */
const pagesOf = (language: 'ko' | 'en') =>
  fc
    .tuple(
      fc.array(fc.array(mentionOf(language), { minLength: 1, maxLength: 4 }), { minLength: 5, maxLength: 5 }),
      fc.constantFrom(...titles[language]),
    )
    .map(([mentions, again]) =>
      [...titles[language], again].map((title, at): PageMentions => {
        return { wiki: `${language}wiki`, title, language, pageId: at, revisionId: at * 10, mentions: mentions[at]! }
      }),
    )
const link = fc
  .record({
    mates: fc.oneof(
      { weight: 4, arbitrary: fc.nat(3).map((at) => [titles.ko[at]!, titles.en[at]!] as const) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...titles.ko), fc.constantFrom(...titles.en)) },
    ),
    rule: fc.constantFrom('langlink', 'inline_langlink', 'redirect'),
    evidencePageId: fc.nat(1),
  })
  .map(({ mates: [korean, english], ...rest }) =>
    pageNameOf('kowiki', korean, english, { nameLanguage: 'en', ...rest } as Partial<PageName>),
  )

interface State {
  readonly mentions: readonly PageMentions[]
  readonly links: readonly PageName[]
}

/** Some pages and links, of which each dump has those that are not out; few go or come from one to the next. */
const history = fc
  .record({
    mentions: fc.tuple(pagesOf('ko'), pagesOf('en')).map((both) => both.flat()),
    links: fc.array(link, { minLength: 4, maxLength: 8 }),
    toggles: fc.array(fc.array(fc.nat(17), { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 6 }),
  })
  .map(({ mentions, links, toggles }) => {
    const all = mentions.length + links.length
    const out = new Set<number>()
    return toggles.map((numbers): State => {
      for (const number of numbers) if (!out.delete(number % all)) out.add(number % all)
      return {
        mentions: mentions.filter((_, at) => !out.has(at)),
        links: links.filter((_, at) => !out.has(at + mentions.length)),
      }
    })
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

/** What one page says is said, so that all that is found shows. */
const settings = { minPages: 1 }

test('updates of any pages and links are as runs on all of them', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (states) => {
      const root = mkdtempSync(join(tmpdir(), 'naru-matcher-update-'))
      try {
        let said: string[] = []
        let made: readonly string[] | undefined
        for (const [number, now] of states.entries()) {
          const changes = changesBetween(states[number - 1] ?? { mentions: [], links: [] }, now)
          const update = await drive(join(root, 'updated'), entityMatcher, changes, { settings, ...(made && { made }) })
          made = update.made
          for (const { value } of update.before) {
            const at = said.indexOf(text(value))
            assert.ok(at >= 0, 'what is said to have been said has been')
            said.splice(at, 1)
          }
          said = [...said, ...update.events('synonym-candidates').map(text)]
          const run = await drive(join(root, 'fresh'), entityMatcher, eventsOf(now), { settings })
          const candidates: readonly SynonymCandidate[] = run.events('synonym-candidates')
          assert.deepEqual(said.sort(), candidates.map(text).sort())
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 30 },
  )
})
