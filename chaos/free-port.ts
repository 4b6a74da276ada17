/** Ports for servers of tests and benches. */
import { once } from 'node:events'
import { createServer } from 'node:net'

const [firstPort, portsAfter] = [20_000, 12_000]

/**
 * A port of the loopback that nobody listens on, below those that the system lends to outgoing connections: it must still be free when a server
 * is at last started on it, seconds later, or is started again after an outage.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstPort + Math.floor(Math.random() * portsAfter)
    const server = createServer()
    const free = await once(server.listen(port, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    const closed = once(server, 'close')
    server.close()
    await closed
    return port
  }
}
