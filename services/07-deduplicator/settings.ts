import { z } from 'zod'
import { fitted } from '../../confidence/fitted.ts'
import { type Voice, voices } from '../../confidence/voices.ts'

const meanings: Record<Voice, string> = {
  link_mutual: 'a link, by langlinks or Wikidata, that both wikis make',
  link_one_sided: 'a link that one wiki makes',
  link_inline: 'a link in the text of an old dump',
  gloss: 'the gloss of a lead',
  infobox: 'an infobox',
  bold: 'a bold name of a lead',
  redirect: 'a redirect',
  anchor: 'an anchor text',
  entity: 'the likeness of two names in linked pages',
  existing: 'an existing list',
}

const weight = (initial: number, what: string) =>
  z.number().min(-20).max(20).default(initial).describe(`What ${what} weighs, in natural log-odds.`)

export const settings = z.strictObject({
  bias: z
    .number()
    .min(-20)
    .max(20)
    .default(fitted.bias)
    .describe('Where a pair stands before anyone has spoken for it, in natural log-odds.'),
  weights: z
    .strictObject(
      Object.fromEntries(voices.map((voice) => [voice, weight(fitted.voices[voice], meanings[voice])])) as Record<
        Voice,
        z.ZodDefault<z.ZodNumber>
      >,
    )
    .prefault({})
    .describe('Weight of each independent voice; docs/explain/confidence.md tells where the defaults come from.'),
})
