/**
 * The containers of docker-compose.yml without an engine: the image is built by the Dockerfile's steps in a clean folder, the
 * servers are started as compose would (their programs from Maven Central and apt), and each service runs by container.sh with
 * the command, environment and secrets that compose gives it. What differs is names of hosts and ports, for all share this
 * machine's loopback.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../chaos/free-port.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { ServiceId } from '../../topology.ts'
import { composeFile } from '../deploy/compose-file.ts'
import { buildSteps, type Image, imageOf } from './dockerfile.ts'

export interface Container {
  readonly metricsPort: number
  /** What it has said on standard output and standard error. */
  said(): string
  /** Exit code. */
  readonly ended: Promise<number | null>
  stop(): void
}

export class Composed {
  readonly folder = mkdtempSync(join(tmpdir(), 'naru-composed-'))
  readonly image: Image = imageOf('naru')
  private readonly children: ChildProcess[] = []
  private kafkaPort = 0
  private redisPort = 0

  get secrets(): string {
    return join(this.folder, 'secrets')
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.kafkaPort}`]
  }

  /** As `docker compose build`: the files of the checkout, less what .dockerignore names, and the steps of the build stage. */
  build(): void {
    const context = join(this.folder, 'build')
    const ignored = readFileSync(join(packageRoot, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: packageRoot, encoding: 'utf8' })
    for (const file of files.split('\n').filter(Boolean)) {
      if (ignored.some((path) => file === path || file.startsWith(`${path}/`))) continue
      mkdirSync(join(context, dirname(file)), { recursive: true })
      cpSync(join(packageRoot, file), join(context, file))
    }
    const destination = join(this.folder, 'naru')
    for (const step of buildSteps()) {
      execFileSync('bash', ['-ec', step.replace(/(?<= )\/naru\b/, destination)], { cwd: context, stdio: 'pipe' })
    }
    rmSync(context, { recursive: true })
  }

  /** As `deploy/secrets.sh`, and the secrets by the names under which compose mounts them. */
  makeSecrets(): void {
    const made = join(this.folder, 'made')
    execFileSync(join(packageRoot, 'deploy/secrets.sh'), [made])
    mkdirSync(this.secrets)
    for (const [name, { file }] of Object.entries(composeFile().secrets)) {
      cpSync(join(made, basename(file)), join(this.secrets, name))
    }
    mkdirSync(join(this.folder, 'data', 'state'), { recursive: true })
    execFileSync('chown', ['-R', this.image.user, join(this.folder, 'data')])
  }

  /** deploy/compose/kafka-start.sh over the jars that kafka.sh keeps; redis by the command of the file. */
  async startServers(kafkaHome: string): Promise<void> {
    this.kafkaPort = await freePort()
    this.redisPort = await freePort()
    const bin = join(this.folder, 'bin')
    mkdirSync(bin)
    for (const [script, main] of [
      ['kafka-storage.sh', 'kafka.tools.StorageTool'],
      ['kafka-server-start.sh', 'kafka.Kafka'],
    ] as const) {
      const text = `#!/bin/sh\nexec java -Xmx512m -XX:TieredStopAtLevel=1 -cp '${kafkaHome}/lib/*' ${main} "$@"\n`
      writeFileSync(join(bin, script), text, { mode: 0o755 })
    }
    this.spawn('kafka', ['bash', join(packageRoot, 'deploy/compose/kafka-start.sh')], {
      KAFKA_BIN: bin,
      NARU_SECRETS: this.secrets,
      KAFKA_DATA: join(this.folder, 'kafka'),
      KAFKA_HOST: '127.0.0.1',
      KAFKA_ADDRESS: '127.0.0.1',
      KAFKA_PORT: String(this.kafkaPort),
      KAFKA_CONTROLLER_PORT: String(await freePort()),
    })
    mkdirSync(join(this.folder, 'redis'))
    const command = String(composeFile().services.redis!.command)
      .replace('--tls-port 6379', `--tls-port ${this.redisPort} --bind 127.0.0.1`)
      .replaceAll('/run/secrets', this.secrets)
      .replace('--dir /data', `--dir ${join(this.folder, 'redis')}`)
    this.spawn('redis', ['bash', '-c', `exec ${command}`], {})
    await Promise.all([opens(this.kafkaPort), opens(this.redisPort)])
  }

  /** Starts a container of the file; `more` stands for what .env would hold. */
  async start(name: ServiceId | 'topics', more: Readonly<Record<string, string>> = {}): Promise<Container> {
    const service = composeFile().services[name]!
    const metricsPort = await freePort()
    const asked = Object.entries(service.environment ?? {}).filter((pair): pair is [string, string] => pair[1] !== null)
    const hosts = (text: string) =>
      text.replace('kafka:9093', this.brokers.join()).replace('redis:6379', `127.0.0.1:${this.redisPort}`)
    const environment = {
      PATH: process.env.PATH ?? '',
      ...this.image.environment,
      ...Object.fromEntries(asked.map(([key, value]) => [key, hosts(value)])),
      ...more,
      NARU_METRICS_PORT: String(metricsPort),
      NARU_METRICS_HOST: '127.0.0.1',
    }
    const entrypoint = service.entrypoint ?? this.image.entrypoint
    const child = this.spawn(name, this.inside([...entrypoint, ...service.command]), environment, true)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (said += part.toString()))
    const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
    return { metricsPort, said: () => said, ended, stop: () => child.kill('SIGTERM') }
  }

  /** A command line that runs another in a container. */
  inside(command: readonly string[]): string[] {
    return [join(packageRoot, 'test/integration/container.sh'), this.folder, ...command]
  }

  private spawn(name: string, command: readonly string[], environment: NodeJS.ProcessEnv, clean = false): ChildProcess {
    const child = spawn(command[0]!, command.slice(1), {
      env: clean ? environment : { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (!clean) for (const stream of [child.stdout, child.stderr]) stream?.resume()
    child.once('error', (error) => process.stderr.write(`${name}: ${error.message}\n`))
    this.children.push(child)
    return child
  }

  async remove(): Promise<void> {
    const running = this.children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    const ended = running.map((child) => once(child, 'close'))
    for (const child of running.reverse()) child.kill('SIGKILL')
    await Promise.all(ended)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function opens(port: number): Promise<void> {
  for (const until = performance.now() + 90_000; performance.now() < until; await sleep(100)) {
    const socket = createConnection(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
  }
  throw new Error(`nothing listens on port ${port}`)
}
