/**
 * Extracts the articles of one Korean dump on one worker thread and prints the most memory that the process held, in bytes:
 *   node --import tsx test/pipeline/peak-memory.ts OUT DUMP
 */
import { runStages } from './stages.ts'

const [, , out = '', location = ''] = process.argv
await runStages({
  out,
  targets: ['article-writer'],
  workers: 1,
  settings: { 'dump-downloader': { inputs: [{ language: 'ko', location }] } },
})
// Node gives the resident set in KiB on every system.
process.stdout.write(String(process.resourceUsage().maxRSS * 1024))
