import { spawnSync } from 'node:child_process'

/** One bz2 stream of level 9 by the system's bzip2, whose output has not changed since 1.0. Throws when it is absent. */
export function bzip2(content: string | Buffer): Buffer {
  const done = spawnSync('bzip2', ['-9', '-c'], { input: content, maxBuffer: 1 << 30 })
  if (done.error) throw new Error('bzip2 could not be started; install it to rebuild the sample', { cause: done.error })
  if (done.status !== 0) throw new Error(`bzip2 ended with ${done.status}: ${done.stderr.toString()}`)
  return done.stdout
}
