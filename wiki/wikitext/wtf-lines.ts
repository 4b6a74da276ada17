import wtf from 'wtf_wikipedia'
import { withoutGlossMarks } from './marks.ts'
import { type LineRenderer, renderPlainly } from './prose.ts'
import { tidyLine } from './tidy.ts'

/** wtf_wikipedia needs time square to the length of a paragraph (8,000 characters: 50 ms); longer lines are ours. */
const longestLine = 4000
/** Above this many characters of markup a page's remaining lines are ours: wtf_wikipedia reads some 2 MB/s. */
const wtfBudget = 400_000

/** The library turns 。 into a full stop and a space. */
const ideographicStop = '\ufdec'
/** Links to titles of one character (`[[É|é]]`): the library leaves the bar in. */
const oneCharacterLink = /\[\[[^\]|]\|([^\]]*)\]\]/gu

/** Renders lines by wtf_wikipedia as far as the budget of the page goes, else by our own pass. */
export function wtfLines(): LineRenderer {
  let left = wtfBudget
  return (read) => {
    const { linked } = read
    if (!linked.includes('[[') || linked.length > longestLine || left < linked.length) return renderPlainly(read)
    left -= linked.length
    const prepared = withoutGlossMarks(linked).replace(oneCharacterLink, '$1').replaceAll('。', ideographicStop)
    try {
      return tidyLine(wtf(prepared).text().replaceAll(ideographicStop, '。').replaceAll('\n', ' '))
    } catch {
      // It overflows its stack on some input; our own pass has no such input.
      return renderPlainly(read)
    }
  }
}
