import { all, type InlineTemplate } from './inline-templates.ts'

/** Templates above a page or section that say what else is meant, or where more is said. */
const names = new Set(
  (
    'about|about-distinguish|for|for multi|other uses|otheruses|other people|other places|other ships|redirect|redirects|' +
    'redirect-distinguish|redirect2|distinguish|confused|main|main article|see also|further|details|hatnote|self reference|' +
    'broader|technical reasons|elect|' +
    '다른 뜻|다른뜻|다른 뜻 넘어옴|다른뜻 넘어옴|넘어옴|넘겨주기 있음|구별|혼동|참고|본문|주요|주요 문서|상세|더 보기|안내문|비슷한 이름'
  ).split('|'),
)
/** Those whose parameter is the note itself. */
const free = new Set(['hatnote', 'self reference', '안내문'])

/** The template of that lower-case name as a note: its name, which says what sort of note it is, then its parameters, if any. */
export function hatnoteTemplate(name: string): InlineTemplate | undefined {
  if (!names.has(name)) return undefined
  return (p) => {
    if (free.has(name)) return p.at(1)
    const parameters = all(p)
    return parameters.length === 0 ? name : `${name}: ${parameters.join(', ')}`
  }
}
