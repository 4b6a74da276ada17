/** bz2 by the system's bzip2 (one stream, as the dump site makes it), or by Python where that is not installed. */
import { spawn, spawnSync } from 'node:child_process'
import { programs } from '../peers/installed.ts'

const python = `
import bz2, sys
with open(sys.argv[1], 'rb') as source, bz2.open(sys.argv[1] + '.bz2', 'wb') as packed:
    while part := source.read(1 << 20):
        packed.write(part)
`

/** Makes FILE.bz2 as one stream beside FILE, keeps FILE, and returns the new path. */
export function bzip2File(file: string): string {
  const [program, args] =
    programs('bzip2').length > 0
      ? (['bzip2', ['--keep', '--force', '-9', file]] as const)
      : (['python3', ['-c', python, file]] as const)
  const { status, error, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  if (status === 0) return `${file}.bz2`
  throw new Error(`cannot compress ${file}: install bzip2 (apt-get install bzip2)`, {
    cause: error ?? stderr?.toString('utf8'),
  })
}

/** One bz2 stream. */
export function bzip2Bytes(bytes: string): Buffer {
  const [program, args] = compressor()
  const { status, stdout, error } = spawnSync(program, args, { input: bytes, maxBuffer: 1 << 30 })
  if (status === 0) return stdout
  throw new Error('cannot compress: install bzip2 (apt-get install bzip2)', { cause: error })
}

export function bzip2BytesInBackground(bytes: string): Promise<Buffer> {
  const [program, args] = compressor()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const packed: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => packed.push(part))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(packed)) : reject(new Error(`bzip2: ${code}`))))
    child.stdin.end(bytes)
  })
}

/** Standard input to standard output, one stream. */
function compressor(): readonly [string, readonly string[]] {
  if (programs('bzip2').length > 0) return ['bzip2', ['-c', '-9']]
  return ['python3', ['-c', 'import sys,bz2;sys.stdout.buffer.write(bz2.compress(sys.stdin.buffer.read()))']]
}
