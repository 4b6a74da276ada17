/** A TCP proxy that cuts and delays what goes through it. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface TcpProxy {
  readonly port: number
  /** Ends every connection at once; new ones are let through. */
  cut(): void
  /** Holds what goes either way for so long; 0 lets it through. */
  delay(ms: number): void
  close(): Promise<void>
}

/** Listens on the loopback, on any free port for 0. Connections to a target that does not listen are closed, as its own would be. */
export async function openProxy(port: number, targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let delayMs = 0
  const late = () =>
    new Transform({
      transform: (chunk, _, done) => {
        if (delayMs === 0) done(null, chunk)
        else setTimeout(done, delayMs, null, chunk)
      },
    })
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    keep(client)
    keep(target)
    const end = () => {
      client.destroy()
      target.destroy()
    }
    void pipeline(client, late(), target).then(end, end)
    void pipeline(target, late(), client).then(end, end)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    cut,
    delay: (ms) => {
      delayMs = ms
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
