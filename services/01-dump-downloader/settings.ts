import { z } from 'zod'

const input = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z]+)*$/, 'is no language code such as ko')
    .describe("ISO 639 code of the wiki's text, such as ko."),
  location: z
    .string()
    .min(1)
    .describe(
      'A dump file, a folder with the files of a dump, or the URL of either (https:, http:, file:); …/kowiki/latest/ is the newest complete dump.',
    ),
  wiki: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'is no database name such as kowiki')
    .optional()
    .describe('Database name of the wiki; by default that of the file names, or else the language followed by "wiki".'),
})

export const settings = z.strictObject({
  inputs: z.array(input).default([]).describe('The dumps to read, in this order.'),
  userAgent: z
    .string()
    .min(1)
    .default('naru/0.1 (Wikipedia dumps to bilingual sparse encoders)')
    .describe('Names the client to servers; Wikimedia refuses vague ones, and asks for an address to write to.'),
  connections: z
    .int()
    .min(1)
    .max(3)
    .default(3)
    .describe('Downloads or copies at once. Wikimedia allows 3 connections for each IP address.'),
  retries: z
    .int()
    .min(0)
    .max(100)
    .default(6)
    .describe('Failures in a row, without a new byte between them, before a download is given up.'),
  retryDelayMs: z
    .int()
    .min(1)
    .max(60_000)
    .default(1000)
    .describe('Wait before the first retry in milliseconds; doubled for each further one, up to a minute.'),
  longestRetryAfterSeconds: z
    .int()
    .min(0)
    .default(3600)
    .describe('Longest wait that a server may ask for (Retry-After) before the download is given up instead.'),
  stallTimeoutMs: z
    .int()
    .min(10)
    .max(280_000)
    .default(60_000)
    .describe('Milliseconds without a byte after which a connection is dropped and the download resumed.'),
  redirects: z.int().min(0).max(20).default(5).describe('Redirects followed for one request.'),
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
