import { z } from 'zod'

const probability = (initial: number, what: string) =>
  z.number().min(0).max(1).default(initial).describe(`Probability that a pair is right that only ${what} says, 0 to 1.`)

export const settings = z.strictObject({
  trust: z
    .strictObject({
      langlink: probability(0.95, 'a langlink'),
      wikidata: probability(0.95, 'a Wikidata item'),
      gloss: probability(0.9, 'the gloss of a lead'),
      redirect: probability(0.75, 'a redirect'),
      bold: probability(0.8, 'a bold name of a lead'),
      anchor: probability(0.7, 'an anchor text'),
      infobox: probability(0.75, 'an infobox'),
      entity: probability(0.5, 'the likeness of two names in linked pages'),
      existing: probability(0.8, 'an existing list'),
    })
    .prefault({})
    .describe('Trust in each kind of evidence on its own.'),
})
