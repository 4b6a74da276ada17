/** A monitor beside some work, and somebody who looks: the page gets every look. */
import { startMonitor } from '../../test/monitor/world.ts'

export async function watched<T>(flags: readonly string[], work: () => Promise<T>): Promise<T> {
  const monitor = await startMonitor(flags)
  const page = new AbortController()
  const drained = drain(`${monitor.url}api/live`, page.signal)
  try {
    return await work()
  } finally {
    page.abort()
    await drained
    await monitor.stop()
  }
}

async function drain(url: string, signal: AbortSignal): Promise<void> {
  try {
    const { body } = await fetch(url, { signal })
    for await (const _ of body!) if (signal.aborted) return
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
