/** Our encoder as a peer: node our-texts.js FOLDER THREADS FORM. Encodes all texts whenever a line comes on stdin. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import { topTerms } from '../../model/sparse-vector.ts'
import type { EncodingProblem } from './problem.ts'

const [folder = '', threads = '2', form] = process.argv.slice(2)
const { texts }: EncodingProblem = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8'))
const encoder = await loadSparseEncoder(folder, { threads: Number(threads), ...(form && { form }) })

console.log(JSON.stringify({ ready: true }))
for await (const line of createInterface({ input: process.stdin })) {
  const { limit } = JSON.parse(line)
  const before = performance.now()
  const cpu = process.cpuUsage()
  const vectors = await encoder.encode(texts.slice(0, limit))
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    JSON.stringify({
      seconds: (performance.now() - before) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      weightSums: vectors.map(({ weights }) => weights.reduce((a, b) => a + b, 0)),
      activeTerms: vectors.map(({ weights }) => weights.length),
      topTerms: vectors.map((vector) => topTerms(vector, 20).map(({ id }) => id)),
    }),
  )
}
