/**
 * For node's test runner: its `spec` report, which tells at its end what failed, for of a long log people read the end;
 * before that the files that took longest, so that whoever keeps the tests quick sees where to look.
 */
import { relative } from 'node:path'
import { Readable } from 'node:stream'
import { spec } from 'node:test/reporters'

const slowestShown = 12

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  /** @type {Map<string, number>} */
  const milliseconds = new Map()
  async function* noted() {
    for await (const event of events) {
      const { nesting, file, name, details } = event.data ?? {}
      const ended = event.type === 'test:pass' || event.type === 'test:fail'
      if (ended && nesting === 0 && file && name !== file) {
        milliseconds.set(file, (milliseconds.get(file) ?? 0) + details.duration_ms)
      }
      yield event
    }
    yield* slowest(milliseconds)
  }
  yield* Readable.from(noted()).pipe(new spec())
}

/** As diagnostics, which the report shows before its failures. */
function* slowest(milliseconds) {
  const files = [...milliseconds].sort(([, a], [, b]) => b - a).slice(0, slowestShown)
  for (const [file, ms] of files) {
    const message = `${(ms / 1_000).toFixed(1).padStart(7)} s  ${relative(process.cwd(), file)}`
    yield { type: 'test:diagnostic', data: { nesting: 0, message } }
  }
}
