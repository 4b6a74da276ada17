/** Every service as a process of its own; one that ends before its input is complete is started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleUrl, packageRoot, runsFromSource } from '../runtime/package-root.ts'
import type { ServiceId } from '../topology.ts'

export interface FleetOptions {
  readonly services: readonly ServiceId[]
  /** Of `naru service`, beside the service and --until-sealed. */
  readonly flags: readonly string[]
  /** Where the processes' logs and clocks lie. */
  readonly folder: string
}

export interface Instance {
  readonly service: ServiceId
  readonly process: ChildProcess
  readonly clockFile: string
  paused: boolean
  /** It was asked to stop, which it does with exit code 0 although its input is not complete. */
  leaving: boolean
}

const restartMs = 300
const clockModule = join(packageRoot, 'chaos', 'skewed-clock.mjs')

export class Fleet {
  private readonly options: FleetOptions
  private readonly instances = new Set<Instance>()
  private readonly waiting: Set<ServiceId>
  private readonly endings = new Map<string, number>()
  private started = 0
  private closing = false
  private finish: () => void = () => undefined
  /** Resolves when every service has sealed its outputs. */
  readonly finished: Promise<void>

  constructor(options: FleetOptions) {
    this.options = options
    this.waiting = new Set(options.services)
    mkdirSync(options.folder, { recursive: true })
    this.finished = new Promise((resolve) => {
      this.finish = resolve
    })
    for (const service of options.services) this.start(service)
  }

  /** Processes at work, in the order of the topology; those of services that are done are left out. */
  alive(): Instance[] {
    const { services } = this.options
    return [...this.instances]
      .filter(({ service, paused }) => !paused && this.waiting.has(service))
      .sort((a, b) => services.indexOf(a.service) - services.indexOf(b.service))
  }

  /** How many processes were started, and what became of them: an exit code or a signal. */
  record(): { readonly started: number; readonly endings: Readonly<Record<string, number>> } {
    return { started: this.started, endings: Object.fromEntries(this.endings) }
  }

  isDone(): boolean {
    return this.waiting.size === 0
  }

  left(): readonly ServiceId[] {
    return [...this.waiting]
  }

  /** One more process of a service, or the first one. */
  start(service: ServiceId): Instance {
    const { flags, folder } = this.options
    const number = this.started++
    const log = createWriteStream(join(folder, `${service}.log`), { flags: 'a' })
    const clockFile = join(folder, `clock-${number}`)
    writeFileSync(clockFile, '0')
    const main = moduleUrl(import.meta.url, '../cli/main').href
    const entry = `import(${JSON.stringify(main)}).then(({ mainProcess }) => mainProcess(process.argv.slice(1)))`
    const child = spawn(
      process.execPath,
      [
        ...(runsFromSource ? ['--import', 'tsx'] : []),
        '--import',
        clockModule,
        '-e',
        entry,
        '--',
        'service',
        service,
        '--until-sealed',
        ...flags,
      ],
      { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NARU_CHAOS_CLOCK: clockFile } },
    )
    child.stdout.pipe(log, { end: false })
    child.stderr.pipe(log, { end: false })
    const instance: Instance = { service, process: child, clockFile, paused: false, leaving: false }
    this.instances.add(instance)
    child.once('exit', (code, signal) => {
      log.end()
      this.instances.delete(instance)
      const ending = signal ?? `exit ${code}`
      this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1)
      this.ended(instance, code)
    })
    return instance
  }

  async close(): Promise<void> {
    this.closing = true
    await Promise.all(
      [...this.instances].map(async ({ process }) => {
        if (process.exitCode !== null || process.signalCode !== null) return
        const ended = once(process, 'exit')
        process.kill('SIGKILL')
        await ended
      }),
    )
  }

  private ended({ service, leaving }: Instance, code: number | null): void {
    if (code === 0 && !leaving) this.waiting.delete(service)
    if (this.waiting.size === 0) this.finish()
    const stillThere = [...this.instances].some((other) => other.service === service && !other.paused)
    if (this.closing || !this.waiting.has(service) || stillThere) return
    setTimeout(() => {
      if (!this.closing && this.waiting.has(service)) this.start(service)
    }, restartMs)
  }
}
