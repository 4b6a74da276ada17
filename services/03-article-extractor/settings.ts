import { z } from 'zod'

const mebibyte = 1024 * 1024

export const settings = z.strictObject({
  parser: z
    .enum(['reference', 'linear'])
    .default('reference')
    .describe("Reader of the wikitext: reference uses wtf_wikipedia, linear is naru's own single pass."),
  maxPageBytes: z
    .int()
    .min(1024)
    .default(10 * mebibyte)
    .describe('Bytes of XML above which a page is dead-lettered unread. MediaWiki allows 2 MiB of text.'),
})
