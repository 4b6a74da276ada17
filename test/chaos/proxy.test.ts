import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { after, test } from 'node:test'
import { openProxy } from '../../chaos/proxy.ts'

const echo = createServer((socket) => socket.pipe(socket))
after(() => echo.close())

test('bytes pass, late where they are delayed, and a cut ends the connection but not the next one', async () => {
  await once(echo.listen(0, '127.0.0.1'), 'listening')
  const proxy = await openProxy(0, (echo.address() as AddressInfo).port)
  const client = connect(proxy.port, '127.0.0.1')
  const answered = async (text: string) => {
    client.write(text)
    const began = performance.now()
    const [bytes] = (await once(client, 'data')) as [Buffer]
    assert.equal(bytes.toString(), text)
    return performance.now() - began
  }
  await answered('plain')
  proxy.delay(150)
  assert.ok((await answered('late')) >= 290, 'both ways are delayed')
  proxy.delay(0)
  const closed = once(client, 'close')
  client.on('error', () => undefined)
  proxy.cut()
  await closed
  const next = connect(proxy.port, '127.0.0.1')
  await once(next, 'connect')
  next.end()
  await once(next, 'close')
  await proxy.close()
})
