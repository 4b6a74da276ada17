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

/** A program that computes steps when a line on its stdin asks, and answers by a line on its stdout. */
export class Peer {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child
    this.#lines = lines
  }

  static async start(command: readonly string[]): Promise<Peer> {
    const [program = '', ...args] = command
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    const peer = new Peer(child, createInterface({ input: child.stdout! })[Symbol.asyncIterator]())
    await Promise.race([failed, peer.#answer()])
    return peer
  }

  async run(request: { readonly steps: number; readonly stepsPerRun: number }): Promise<Round> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`)
    return JSON.parse(await this.#answer())
  }

  async stop(): Promise<void> {
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
