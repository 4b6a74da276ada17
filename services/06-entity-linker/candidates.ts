/** From the names of one page to pairs with its mate: the page in the other wiki that a langlink leads to. */
import { evidenceId } from '../../confidence/evidence-id.ts'
import { inflectionsOf } from '../../language/korean.ts'
import { isLink, mateOf } from '../../language/mate.ts'
import { whyNotAName } from '../../language/name.ts'
import { type LanguagePair, mateLanguage } from '../../language/pair.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import { foldTitle } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { NameRule, PageName, SynonymCandidate, SynonymRule, Term } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'

export interface Refused {
  readonly reason: DropReason
  readonly count: number
}

const ruleOfName: Record<NameRule, SynonymRule> = {
  langlink: 'langlink',
  inline_langlink: 'langlink',
  wikidata: 'wikidata',
  redirect: 'redirect',
  anchor: 'anchor',
  bold: 'bold',
  gloss: 'gloss',
  infobox: 'infobox',
}

/** @param page all names of one page, at least one. @param language the page's own. */
export function* candidatesOf(
  page: readonly PageName[],
  language: string,
  pair: LanguagePair,
): Iterable<SynonymCandidate | Refused> {
  const said = new Set<string>()
  for (const outcome of everyCandidateOf(page, language, pair)) {
    if ('reason' in outcome) yield outcome
    else if (said.has(evidenceId(outcome))) yield { reason: 'already_known', count: 1 }
    else {
      said.add(evidenceId(outcome))
      yield outcome
    }
  }
}

function* everyCandidateOf(
  page: readonly PageName[],
  language: string,
  pair: LanguagePair,
): Iterable<SynonymCandidate | Refused> {
  const { title } = page[0]!
  const mateIn = mateLanguage(pair, language)
  const reason = mateIn === undefined ? 'other_language' : whyNotAName(title)
  if (mateIn === undefined || reason) {
    yield { reason: reason ?? 'other_language', count: page.length }
    return
  }
  const mate = mateOf(page)
  if (mate === 'none' || mate === 'conflict') {
    yield { reason: mate === 'none' ? 'no_mate' : 'conflicting_mates', count: page.length }
    return
  }
  const own = termOf(language, title, title)
  const mateDomain = termOf(mateIn, mate.title, mate.title).domain
  const known = new Set(page.map(({ name }) => foldTitle(name))).add(foldTitle(own.surface))
  for (const evidence of page) {
    if (isInflected(evidence, known)) {
      yield { reason: 'inflected_form', count: 1 }
      continue
    }
    if (isLink(evidence) && evidence.name !== mate.title) {
      yield { reason: 'conflicting_mates', count: 1 }
      continue
    }
    const isForeign = evidence.nameLanguage !== language
    const term = isForeign ? own : { ...termOf(language, evidence.name, title), domain: own.domain }
    const foreignName = isForeign ? evidence.name : mate.title
    const mateTerm = { ...termOf(mateIn, foreignName, mate.title), domain: mateDomain }
    yield candidate(evidence, language === pair[0] ? [term, mateTerm] : [mateTerm, term])
  }
}

/** 충무공은 beside 충무공: what a link text has more than another name of the page is a particle. */
function isInflected({ rule, name, nameLanguage }: PageName, known: ReadonlySet<string>): boolean {
  if (rule !== 'anchor' || nameLanguage !== 'ko') return false
  return inflectionsOf(name).some(({ stem }) => known.has(foldTitle(stem)))
}

function candidate(evidence: PageName, [left, right]: readonly [Term, Term]): SynonymCandidate {
  const { count, share, evidenceWiki, evidencePageId, evidenceRevisionId, written, offset, detail } = evidence
  return {
    pairKey: pairKeyOf(left, right),
    left,
    right,
    rule: ruleOfName[evidence.rule],
    count,
    share,
    evidenceWiki,
    evidencePageId,
    evidenceRevisionId,
    written,
    offset,
    detail,
    retracted: false,
    side: languageOfWiki(evidence.wiki),
  }
}
