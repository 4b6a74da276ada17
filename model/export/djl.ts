import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { FatalError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { SparseVector } from '../sparse-vector.ts'

/**
 * Exported encoders on the libraries with which OpenSearch runs them, by DJL on Java: deploy/djl/djl.sh fetches these once, and
 * nothing is fetched here.
 */
export const djlRuntimes = {
  'libtorch-2.5': { pytorch: '2.5.1', engine: 'PyTorch', runtime: 'libtorch 2.5.1 (DJL)' },
  'libtorch-1.13': { pytorch: '1.13.1', engine: 'PyTorch', runtime: 'libtorch 1.13.1 (DJL)' },
  'onnxruntime-1.16': { pytorch: '2.5.1', engine: 'OnnxRuntime', runtime: 'onnxruntime 1.16.3 (DJL)' },
} as const
export type DjlRuntime = keyof typeof djlRuntimes

const script = join(packageRoot, 'deploy', 'djl', 'djl.sh')

/** Why a runtime cannot be used on this machine; undefined where it can. */
export function whyWithoutDjl(runtime: DjlRuntime): string | undefined {
  const { pytorch } = djlRuntimes[runtime]
  if (spawnSync('java', ['-version']).status !== 0) return 'there is no java'
  const home = spawnSync(script, ['home', pytorch])
  return home.status === 0 ? undefined : `deploy/djl/djl.sh install ${pytorch} has not fetched it`
}

/** Vectors of texts that are token ids already. Throws FatalError DJL_FAILED with what the runtime said. */
export async function encodeByDjl(
  runtime: DjlRuntime,
  file: string,
  texts: readonly (readonly number[])[],
): Promise<SparseVector[]> {
  const { pytorch, engine } = djlRuntimes[runtime]
  const child = spawn(script, ['run', pytorch, engine, file], { stdio: ['pipe', 'pipe', 'pipe'] })
  const [out, said]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  // A child that ends early breaks the pipe; its exit code says why.
  Readable.from(texts.map((ids) => `${ids.join(' ')}\n`)).pipe(child.stdin.on('error', () => undefined))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  const lines = Buffer.concat(out).toString().split('\n').slice(0, -1)
  if (code === 0 && lines.length === texts.length) return lines.map(parseVector)
  const why = Buffer.concat(said).toString().trim().split('\n').slice(-20).join('\n')
  throw new FatalError(
    'DJL_FAILED',
    `${djlRuntimes[runtime].runtime} gave ${lines.length} of ${texts.length} vectors`,
    {
      at: { file },
      hint: 'the archive is not one that OpenSearch can run, or the Java set-up is broken: see the cause',
      cause: new Error(why),
    },
  )
}

function parseVector(line: string): SparseVector {
  const entries = line === '' ? [] : line.split(' ').map((entry) => entry.split(':').map(Number))
  return {
    terms: Uint32Array.from(entries, ([term]) => term!),
    weights: Float32Array.from(entries, ([, weight]) => weight!),
  }
}
