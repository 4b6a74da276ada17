import type { Article } from './draft.ts'
import type { Prose } from './prose.ts'
import type { Subject, SubjectIndex } from './subject.ts'

/** A subject and how its two articles are written once every subject is known. */
export interface PlannedPage {
  readonly subject: Subject
  readonly write: (prose: Prose, index: SubjectIndex) => Article
}
