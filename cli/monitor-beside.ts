/** The monitor beside a run: a process of its own, so that nothing that a page asks for slows the pipeline down. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { FatalError } from '../runtime/errors.ts'
import { packageRoot } from '../runtime/package-root.ts'
import type { TransportFlags } from './connect.ts'

export interface BesideFlags extends TransportFlags {
  readonly out?: string
  readonly tokenEnv?: string
}

export interface MonitorBeside {
  readonly url: string
  close(): Promise<void>
}

/** Throws FatalError MONITOR_ENDED where it does not come up; what it said is on standard error. */
export async function startMonitorBeside(flags: BesideFlags, port: number): Promise<MonitorBeside> {
  const { out, transport, brokers, namespace, tokenEnv } = flags
  const args = ['monitor', '--port', String(port), '--transport', transport, '--namespace', namespace]
  if (out !== undefined) args.push('--out', out)
  if (brokers !== undefined) args.push('--brokers', brokers)
  if (tokenEnv !== undefined) args.push('--token-env', tokenEnv)
  const main = join(packageRoot, 'cli', 'bootstrap.mjs')
  const child = fork(main, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
  if (!first)
    throw new FatalError('MONITOR_ENDED', 'the monitor could not be started', {
      hint: 'The lines above say why: mostly its port is taken, and --monitor 0 takes any that is free.',
    })
  const { url } = first[0] as { readonly url: string }
  return {
    url,
    close: async () => {
      if (child.exitCode !== null) return
      child.disconnect()
      await ended
    },
  }
}
