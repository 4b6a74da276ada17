import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'
import { redirectFaults, redirectSorts } from './redirects.ts'

export const settings = z.strictObject({
  languages: languagePair,
  redirectTemplates: z
    .record(z.string().toLowerCase(), z.enum([...redirectSorts, ...redirectFaults]))
    .default({})
    .describe(
      'What templates on redirects say, by name: a sort of name, or why it is none (misspelling, page_to_be, part_of_page, inflected_form, not_a_name). Those of enwiki are known; this adds to them, or says otherwise: {"넘겨주기 오타": misspelling}.',
    ),
  mentions: z
    .boolean()
    .default(true)
    .describe('Say of each lead what it speaks of, for named entities; a few hundred bytes an article.'),
  koreanNouns: z
    .enum(['words', 'morphemes'])
    .default('words')
    .describe(
      'What may be a named entity in a Korean lead: every word, whose particle its sound will show, or the proper nouns of a morpheme analyser (fewer and surer; 270 MB and 60 k characters a second).',
    ),
})
