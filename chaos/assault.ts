/** Does the faults of a schedule to a fleet and its servers, one after the other. */
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FatalError } from '../runtime/errors.ts'
import type { Fault, FaultKind } from './faults.ts'
import type { Fleet, Instance } from './fleet.ts'
import { type ChaosServers, type Guarded, startSurely } from './servers.ts'

export interface Field {
  readonly fleet: Fleet
  readonly servers: ChaosServers
  readonly sessionTimeoutMs: number
  /** A folder on the disk that is filled up; undefined where none could be mounted. */
  readonly disk: string | undefined
}

const outageMs = 4_000
const delayMs = 400
const delayedForMs = 5_000
const fullForMs = 3_000
const clockJumpMs = 2 * 3_600_000
/** How long a second instance of a service stays, so that the group moves there and back. */
const standInMs = 6_000

/** Answers false where there was nothing left to do it to. */
export async function strike(field: Field, { kind, aim, length }: Fault): Promise<boolean> {
  const instance = aimed(field.fleet.alive(), aim)
  if (!instance) return false
  const { kafka, redis } = field.servers
  const faults: Record<FaultKind, () => Promise<void>> = {
    kill: () => end(instance, 'SIGKILL'),
    pause: () => pause(field, instance, length),
    rebalance: () => rebalance(field, instance),
    'broker-kill': () => outage(kafka, 'kill', length),
    'broker-stop': () => outage(kafka, 'stop', length),
    'redis-kill': () => outage(redis, 'kill', length),
    'redis-stop': () => outage(redis, 'stop', length),
    cut: () => Promise.resolve((aim < 0.7 ? kafka : redis).proxy.cut()),
    delay: () => delay(aim < 0.7 ? kafka : redis, length),
    clock: () => Promise.resolve(jump(instance, aim)),
    disk: () => fill(field, length),
  }
  await faults[kind]()
  return true
}

function aimed(instances: readonly Instance[], aim: number): Instance | undefined {
  return instances[Math.floor(aim * instances.length)]
}

async function end({ process }: Instance, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const ended = once(process, 'exit')
  process.kill(signal)
  await ended
}

/** Sleeps through its session while another instance takes its work over, then wakes up as a zombie. */
async function pause({ fleet, sessionTimeoutMs }: Field, instance: Instance, length: number): Promise<void> {
  instance.process.kill('SIGSTOP')
  instance.paused = true
  fleet.start(instance.service)
  await sleep(sessionTimeoutMs * (1 + length))
  instance.paused = false
  instance.process.kill('SIGCONT')
}

async function rebalance({ fleet }: Field, { service }: Instance): Promise<void> {
  const second = fleet.start(service)
  await sleep(standInMs)
  second.leaving = true
  await end(second, 'SIGTERM')
}

async function outage({ server }: Guarded, how: 'kill' | 'stop', length: number): Promise<void> {
  await server[how]()
  await sleep(outageMs * length)
  await startSurely(server)
}

async function delay({ proxy }: Guarded, length: number): Promise<void> {
  proxy.delay(delayMs * length)
  await sleep(delayedForMs * length)
  proxy.delay(0)
}

function jump({ clockFile }: Instance, aim: number): void {
  writeFileSync(clockFile, String(Math.round((aim * 2 - 1) * clockJumpMs)))
}

/** Takes the last byte of the disk, for a while. */
async function fill({ disk }: Field, length: number): Promise<void> {
  if (disk === undefined) throw new FatalError('CHAOS_DISK', 'no disk of its own to fill')
  const ballast = join(disk, 'ballast')
  const handle = await open(ballast, 'w')
  const block = Buffer.alloc(256 * 1024)
  try {
    for (let size = block.length; size >= 512; size /= 2) {
      try {
        for (;;) await handle.write(block, 0, size)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    }
    await sleep(fullForMs * length)
  } finally {
    await handle.close()
    rmSync(ballast, { force: true })
  }
}
