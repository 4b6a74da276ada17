/** Which titles stand for a thing that has a name in both languages. */
import { whyNotAName } from '../../language/name.ts'
import { splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import { kindByTitle } from '../../wiki/kinds.ts'
import { normaliseTitle, type Site } from '../../wiki/site.ts'

/** Categories and templates are of other namespaces; of the articles, lists, years and pages of many meanings name nothing. */
export function whyNotLinked(title: string, site: Site): DropReason | undefined {
  if (normaliseTitle(title, site).namespace !== 0) return 'other_namespace'
  if (kindByTitle(title, site) === 'list') return 'name_of_list'
  if (kindByTitle(title, site) === 'disambiguation') return 'other_kind_of_page'
  return whyNotAName(splitQualifier(title).name)
}
