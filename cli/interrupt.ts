/** ctrl-C: once to stop in order, twice to stop at once. */

/** The signal that ended the work; its exit code is the shell's convention, 128 + the signal's number. */
export class Interrupted extends Error {
  readonly exitCode: number

  constructor(signalName: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signalName}`)
    this.name = 'Interrupted'
    this.exitCode = signalName === 'SIGINT' ? 130 : 143
  }
}

export interface Interrupts {
  readonly signal: AbortSignal
  /** Gives the process's own handling back. */
  release(): void
}

/** @param say tells the person what happens now. */
export function listenForInterrupts(say: (message: string) => void): Interrupts {
  const controller = new AbortController()
  const handle = (signalName: NodeJS.Signals): void => {
    const interrupted = new Interrupted(signalName === 'SIGTERM' ? 'SIGTERM' : 'SIGINT')
    if (controller.signal.aborted) {
      // What was committed is safe: the log survives a kill at any time.
      process.exit(interrupted.exitCode)
    }
    say('stopping in order; what is done stays, and --resume continues. Press ctrl-C again to stop at once.')
    controller.abort(interrupted)
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', handle)
      process.off('SIGTERM', handle)
    },
  }
}
