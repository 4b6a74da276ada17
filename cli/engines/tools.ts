/** The programs of a machine that building an engine takes. */
import { spawn, spawnSync } from 'node:child_process'
import { ConfigError, FatalError } from '../../runtime/errors.ts'

export interface Tool {
  /** Program and its first arguments. */
  readonly command: readonly string[]
  readonly needs: string
  /** What to install where it is missing. */
  readonly hint: string
}

/** The first of the candidates that answers to its check. Throws ConfigError ENGINE_TOOL_MISSING. */
export function firstTool(candidates: readonly Tool[], check: readonly string[]): Tool {
  const found = candidates.find(({ command: [program = '', ...args] }) => {
    return spawnSync(program, [...args, ...check], { stdio: 'ignore' }).status === 0
  })
  if (found) return found
  const [first] = candidates
  throw new ConfigError('ENGINE_TOOL_MISSING', `${first?.needs} is needed, and not found on this machine`, {
    hint: `${first?.hint}; tried ${candidates.map(({ command }) => command.join(' ')).join(', ')}`,
  })
}

/** Runs it to its end, in a folder. Throws FatalError ENGINE_NOT_ADDED with the last lines that it wrote. */
export async function runTool(
  { command: [program = '', ...first] }: Tool,
  args: readonly string[],
  { folder, doing, hint }: { readonly folder: string; readonly doing: string; readonly hint: string },
): Promise<void> {
  const child = spawn(program, [...first, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptCharacters)
    })
  }
  const end = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)))
  })
  if (end === undefined) return
  throw new FatalError('ENGINE_NOT_ADDED', `${doing} failed: ${program} ended with ${end}`, {
    at: { file: folder },
    hint,
    cause: new Error(said.trim().split('\n').slice(-keptLines).join('\n')),
  })
}

const keptCharacters = 8_000
const keptLines = 12
