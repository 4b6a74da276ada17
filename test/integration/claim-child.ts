/** A process that claims without end: key k, evidence e0, e1 …; prints `claimed n` after each. Argument: store as JSON. */
import { openClaims } from './stores.ts'

const claims = await openClaims(JSON.parse(process.argv[2] ?? ''))
for (let n = 0; ; n++) {
  await claims.claim({ key: 'k', evidenceId: `e${n}`, owner: `t-0@${n}`, payload: Buffer.from(`p${n}`) })
  console.log(`claimed ${n}`)
}
