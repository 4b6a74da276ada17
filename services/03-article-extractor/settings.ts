import { z } from 'zod'
import { engines, parsers } from '../../wiki/articles.ts'

const mebibyte = 1024 * 1024

export const settings = z.strictObject({
  engine: z
    .enum(engines)
    .default('kernel')
    .describe(
      "Reader of the dump: kernel is naru's own in WebAssembly, reference the libraries unbzip2-stream and sax.",
    ),
  parser: z
    .enum(parsers)
    .default('fast')
    .describe(
      "Reader of the wikitext: fast is naru's own single pass, wtf lets wtf_wikipedia render lines with links.",
    ),
  maxPageBytes: z
    .int()
    .min(1024)
    .default(10 * mebibyte)
    .describe('Bytes of XML above which a page is dead-lettered unread. MediaWiki allows 2 MiB of text.'),
  known: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'Folder with the <wiki>.pages that article-writer wrote in the run before, an address in the file store: pages of the same version are named as unchanged and not read again. Null in a run from the beginning.',
    ),
})
