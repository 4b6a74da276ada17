/** Wall time, CPU time and peak memory of a program and all that it starts. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Command } from '../peers/peers.ts'

export interface Measure {
  readonly seconds: number
  /** User and system, of all its processes, as last seen: up to `pollMs` short. NaN where there is no /proc. */
  readonly cpuSeconds: number
  /** Sum over its processes of each one's peak resident memory, an upper bound, in 10⁶ bytes. NaN without /proc. */
  readonly peakMegabytes: number
}

/** User and system time of a process and of those that it started and that are still there. NaN where there is no /proc. */
export function cpuSecondsOf(pid: number): number {
  const seen: Seen = new Map()
  lookAt(pid, seen)
  return secondsIn(seen)
}

type Seen = Map<number, { readonly kilobytes: number; readonly ticks: number }>

function secondsIn(seen: Seen): number {
  if (seen.size === 0) return Number.NaN
  return [...seen.values()].reduce((total, { ticks }) => total + ticks, 0) / ticksPerSecond
}

const pollMs = 50
/** `getconf CLK_TCK`: 100 on every Linux of today. */
const ticksPerSecond = 100

/** Runs a command to its end. Throws with the last of what it said where it fails. */
export async function measure({ program, args, env }: Command): Promise<Measure> {
  const started = process.hrtime.bigint()
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(-2000)
  })
  const peaks: Seen = new Map()
  const look = () => {
    if (child.pid !== undefined) lookAt(child.pid, peaks)
  }
  look()
  const timer = setInterval(look, pollMs)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        if (code === 0) resolve()
        else reject(new Error(`${program} ${args.join(' ')} ended with ${code ?? signal}: ${said}`))
      })
    })
  } finally {
    clearInterval(timer)
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const kilobytes = [...peaks.values()].reduce((total, peak) => total + peak.kilobytes, 0)
  return {
    seconds,
    cpuSeconds: secondsIn(peaks),
    peakMegabytes: peaks.size === 0 ? Number.NaN : (kilobytes * 1024) / 1e6,
  }
}

function lookAt(pid: number, peaks: Seen) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    // Fields 14 and 15; the name before them may hold spaces but ends with the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    const known = peaks.get(pid)
    peaks.set(pid, { kilobytes: Math.max(kilobytes, known?.kilobytes ?? 0), ticks })
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim()
      for (const inner of children.split(' ')) if (inner !== '') lookAt(Number(inner), peaks)
    }
  } catch {
    // It has just ended, or this system has no /proc.
  }
}
