/** What became of a page from dump to dump: its versions, its moves and its end, as they lie on `articles`. */
import { foldTitle } from '../../language/title.ts'
import type { Article } from '../../schemas/types.ts'
import type { Topics, Version } from './topics.ts'
import type { Step, Trace } from './trace.ts'

type PageVersions = readonly Version<'articles'>[]

/** Pages that bear a title, or bore it, with all of their versions that the topic still has, oldest first. */
export async function tracePages(title: string, topics: Topics): Promise<Trace[]> {
  const wanted = foldTitle(title)
  const pages = await topics.versions('articles', (article) => foldTitle(article.title) === wanted)
  return [...pages].map(([key, versions]) => ({
    kind: 'page',
    name: `${versions.findLast(({ value }) => value !== null)?.value?.title ?? title} (${key})`,
    steps: versions.map((version, n) => versionStep(version, before(versions.slice(0, n)))),
    madeOf: [],
  }))
}

/** The title that the page had in the run before, where it was another. */
export async function formerTitle(page: Pick<Version<'articles'>, 'event' | 'key'>, topics: Topics) {
  const versions = await topics.versionsOf('articles', page.key)
  const at = versions.findIndex(({ event }) => event === page.event)
  return movedFrom(versions[at]?.value, before(versions.slice(0, at)))
}

function before(versions: PageVersions): Article | undefined {
  return versions.findLast(({ value }) => value !== null)?.value ?? undefined
}

function movedFrom(now: Article | null | undefined, earlier: Article | undefined): string | undefined {
  return now && earlier && now.title !== earlier.title ? earlier.title : undefined
}

function versionStep({ event, value }: Version<'articles'>, earlier: Article | undefined): Step {
  if (value === null) return { topic: 'articles', event, what: 'vanished', facts: {}, from: [] }
  const { title, pageId, revisionId, timestamp } = value
  const from = movedFrom(value, earlier)
  const facts = { pageId, revisionId, timestamp, ...(from !== undefined && { movedFrom: from }) }
  return { topic: 'articles', event, what: title, facts, from: [] }
}
