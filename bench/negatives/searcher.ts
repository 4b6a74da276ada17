import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that answers each line with a line; on one thread, as far as it is told by its environment. */
export class Searcher {
  private readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>

  constructor([program = '', ...args]: readonly string[]) {
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' }
    this.child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]()
  }

  ask(): Promise<unknown> {
    this.child.stdin!.write('\n')
    return this.answer()
  }

  async answer(): Promise<unknown> {
    const { value, done } = await this.lines.next()
    if (done) throw new Error(`${this.child.spawnargs.join(' ')} ended`)
    return JSON.parse(value)
  }

  end(): void {
    this.child.stdin!.end()
  }
}
