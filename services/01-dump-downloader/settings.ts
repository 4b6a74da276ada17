import { z } from 'zod'
import { languageCode } from '../../language/pair.ts'
import { transferSettings } from '../../mirror/settings.ts'

export const input = z.strictObject({
  language: languageCode.describe("ISO 639 code of the wiki's text, such as ko."),
  location: z
    .string()
    .min(1)
    .describe(
      'A dump file, a folder with the files of a dump or of a content export, or the URL of either (https:, http:, s3:, file:); …/kowiki/latest/ is the newest complete dump.',
    ),
  wiki: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'is no database name such as kowiki')
    .optional()
    .describe('Database name of the wiki; by default that of the file names, or else the language followed by "wiki".'),
})

export const settings = z.strictObject({
  inputs: z.array(input).default([]).describe('The dumps to read, in this order.'),
  wikidata: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'The table wb_items_per_site of a Wikidata dump, as a path or URL: which pages are about the same thing, beside the langlinks tables or instead of them.',
    ),
  ...transferSettings,
  requireChecksums: z
    .boolean()
    .default(true)
    .describe('Refuse to download a file for which the server publishes no checksum.'),
  copyLocalFiles: z
    .boolean()
    .default(true)
    .describe(
      'Copy local files into the data set, which then holds all that it was made from; false reads them in place.',
    ),
})

export type Settings = z.output<typeof settings>
export type Input = z.output<typeof input>
