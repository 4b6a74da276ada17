/** Runs the command line from its sources as a process of its own. */
import { spawn } from 'node:child_process'
import { packageRoot } from '../../runtime/package-root.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const entry = `import(${JSON.stringify(`${packageRoot}/cli/main.ts`)}).then(({ main }) => main(process.argv.slice(1)))`

/** @param input what is typed; nothing where absent. */
export function naru(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], {
      cwd: packageRoot,
      env: { ...process.env, ...environment },
      // A pipe that ends at once is an input too: without one there is none.
      stdio: input === undefined ? ['ignore', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    })
    child.stdin?.end(input)
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
    })
  })
}
