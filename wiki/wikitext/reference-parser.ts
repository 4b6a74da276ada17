import { parse } from './parse.ts'
import type { WikitextParser } from './parsed.ts'
import { wtfLines } from './wtf-lines.ts'

/** Our own pass takes the markup apart; wtf_wikipedia renders the lines that still have some. */
export const referenceParser: WikitextParser = (text, site, title) => parse(text, site, title, wtfLines())
