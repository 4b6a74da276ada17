/** Server-sent events: every look at the pipeline, to every page that is open. */
import type { ServerResponse } from 'node:http'
import type { Sampler, Seen } from '../sampling/sampler.ts'

/** A page that does not keep up misses looks; each is complete by itself. */
const unsentBytesAtMost = 1 << 20
const retryMs = 2_000

/** Writes until the response is closed. */
export function streamLooks(response: ServerResponse, sampler: Sampler): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write(`retry: ${retryMs}\n\n`)
  const send = (seen: Seen): void => {
    if (response.writableLength < unsentBytesAtMost) response.write(`data: ${JSON.stringify(seen)}\n\n`)
  }
  send(sampler.seen)
  response.on('close', sampler.onSeen(send))
}
