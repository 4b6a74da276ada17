import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What a peer says about some steps. */
export interface Round {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly losses: readonly number[]
  /** Of its process so far, or of its memory on the card, by its own account. */
  readonly peakBytes: number
  readonly activeTerms?: number
}

/** A program that computes when a line on its stdin asks, and answers by a line on its stdout. */
export class Peer<R = Round> {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child
    this.#lines = lines
  }

  static async start<R = Round>(command: readonly string[]): Promise<Peer<R>> {
    const [program = '', ...args] = command
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    const peer = new Peer<R>(child, createInterface({ input: child.stdout! })[Symbol.asyncIterator]())
    await Promise.race([failed, peer.#answer()])
    return peer
  }

  async run(request: object): Promise<R> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`)
    return JSON.parse(await this.#answer())
  }

  /** May be asked for again. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await ended
  }

  async #answer(): Promise<string> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`${this.#child.spawnfile} ended without an answer`)
    return value
  }
}
