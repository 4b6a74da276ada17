/** How files are fetched, the same for the service and for `naru download`. */
import { z } from 'zod'

export const transferSettings = {
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
}

const transfer = z.object(transferSettings)
export type TransferSettings = z.output<typeof transfer>

/** The defaults, with what is given in their place. Throws ZodError for a value out of its range. */
export function transferSettingsOf(given: z.input<typeof transfer> = {}): TransferSettings {
  return transfer.parse(given)
}
