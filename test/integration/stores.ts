/** A store that holds topics or claims, described so that a child process can open the same one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { ClaimStore } from '../../runtime/ports.ts'
import { openRedisClaims } from '../../runtime/redis/claims.ts'
import type { Transport } from '../../runtime/transport.ts'

export type TransportStore =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'kafka'; readonly brokers: readonly string[]; readonly namespace: string }

export type ClaimsStore =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'redis'; readonly url: string; readonly namespace: string }

/** Log lines of the clients, for when a test needs to be looked into: NARU_TEST_LOG=debug. */
export const testLog = createLog('test', process.env.NARU_TEST_LOG === 'debug' ? 'debug' : 'silent', 2)

/** The broker's lowest allowed session, so that a killed member's partitions are free soon. */
export const sessionTimeoutMs = 6_000

/** What a test that failed left behind, and which would keep its process from ending. */
const leftOpen = new Set<() => unknown>()

function closedOnce<T extends { close(): Promise<void> }>(opened: T): T {
  const close = opened.close.bind(opened)
  leftOpen.add(close)
  opened.close = () => {
    leftOpen.delete(close)
    return close()
  }
  return opened
}

/** For `after`: closes what is still open and ends the children. */
export async function closeAll(): Promise<void> {
  for (const close of leftOpen) await close()
  leftOpen.clear()
}

export async function openTransport(store: TransportStore): Promise<Transport> {
  if (store.kind === 'embedded') return closedOnce(await openEmbeddedTransport(store))
  return closedOnce(await openKafkaTransport({ ...store, clientId: 'test', log: testLog, sessionTimeoutMs }))
}

/** Makes tests that have a transport over a fresh store each. */
export function transportTests<S extends TransportStore>(
  name: string,
  { fresh, skip, timeout }: { readonly fresh: () => S; readonly skip: string | false; readonly timeout: number },
) {
  return (title: string, body: (transport: Transport, store: S) => Promise<void>): void =>
    void test(`${name}: ${title}`, { skip, timeout }, async () => {
      const store = fresh()
      const transport = await openTransport(store)
      try {
        await body(transport, store)
      } finally {
        await transport.close()
      }
    })
}

export async function openClaims(store: ClaimsStore): Promise<ClaimStore> {
  if (store.kind === 'embedded') return closedOnce(await openEmbeddedClaims(store))
  return closedOnce(await openRedisClaims({ ...store, log: testLog }))
}

export interface Child {
  /** Resolves when the child has printed this line. */
  printed(line: string): Promise<void>
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Exit code, or null after a signal. */
  readonly ended: Promise<number | null>
}

/** Runs one of the scripts of this folder in a process of its own. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const file = join(packageRoot, 'test', 'integration', script)
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = new Set<string>()
  const waiting = new Map<string, () => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.add(line)
    waiting.get(line)?.()
  })
  const kill = () => child.kill('SIGKILL')
  leftOpen.add(kill)
  child.once('close', () => leftOpen.delete(kill))
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  return {
    printed: (line) =>
      new Promise((resolve, reject) => {
        if (lines.has(line)) resolve()
        waiting.set(line, resolve)
        void ended.then((code) => reject(new Error(`${script} ended with ${code} before it printed "${line}"`)))
      }),
    signal: (name) => child.kill(name),
    ended,
  }
}
