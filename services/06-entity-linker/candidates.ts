/** From the names of one page to pairs with its mate: the page in the other wiki that a langlink leads to. */
import { whyNotAName } from '../../language/name.ts'
import { type LanguagePair, mateLanguage } from '../../language/pair.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { NameRule, PageName, SynonymCandidate, SynonymRule, Term } from '../../schemas/types.ts'

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
  const { title } = page[0]!
  const mateIn = mateLanguage(pair, language)
  if (mateIn === undefined || whyNotAName(title)) {
    yield { reason: mateIn === undefined ? 'other_language' : 'not_a_name', count: page.length }
    return
  }
  const links = page.filter(({ rule }) => rule === 'langlink' || rule === 'inline_langlink')
  const mate = mateOf(links)
  if (mate === 'none' || mate === 'conflict') {
    yield { reason: mate === 'none' ? 'no_mate' : 'conflicting_mates', count: page.length }
    return
  }
  const own = termOf(language, title, title)
  for (const evidence of page) {
    const rule = ruleOfName[evidence.rule]
    if (rule === 'langlink' && evidence.name !== mate) {
      yield { reason: 'conflicting_mates', count: 1 }
      continue
    }
    const foreign = rule === 'langlink' || rule === 'gloss'
    const term = foreign ? own : { ...termOf(language, evidence.name, title), domain: own.domain }
    const mateTerm = {
      ...termOf(mateIn, foreign ? evidence.name : mate, mate),
      domain: termOf(mateIn, mate, mate).domain,
    }
    yield candidate(evidence, rule, language === pair[0] ? [term, mateTerm] : [mateTerm, term])
  }
}

/** The table's link is today's; one in the text is older and counts only without it. */
function mateOf(links: readonly PageName[]): string | 'none' | 'conflict' {
  const fromTable = links.filter(({ rule }) => rule === 'langlink')
  const mates = new Set((fromTable.length > 0 ? fromTable : links).map(({ name }) => name))
  if (mates.size > 1) return 'conflict'
  const [mate] = mates
  return mate ?? 'none'
}

function candidate(evidence: PageName, rule: SynonymRule, [left, right]: readonly [Term, Term]): SynonymCandidate {
  const { count, share, evidenceWiki, evidencePageId, evidenceRevisionId, written, offset, detail } = evidence
  return {
    pairKey: pairKeyOf(left, right),
    left,
    right,
    rule,
    count,
    share,
    evidenceWiki,
    evidencePageId,
    evidenceRevisionId,
    written,
    offset,
    detail,
  }
}
