/** What is installed on this machine: programs of the PATH and packages of its python3. */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Every file of that name on the PATH, in its order. */
export function programs(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).filter((path) => existsSync(path))
}

/** True for a compiled program: not one that starts with `#!`. */
export function isBinary(path: string): boolean {
  const head = Buffer.alloc(2)
  const file = openSync(path, 'r')
  try {
    readSync(file, head)
  } finally {
    closeSync(file)
  }
  return head.toString('latin1') !== '#!'
}

/** Version of a package of python3, or undefined where it is not installed. */
export function pythonPackage(name: string): string | undefined {
  const program = 'import importlib.metadata as m, sys; print(m.version(sys.argv[1]))'
  const { status, stdout } = spawnSync('python3', ['-c', program, name], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

export function firstLine(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return (stdout || stderr || '').split('\n')[0]?.trim() ?? ''
}
