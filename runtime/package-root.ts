import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json above ${fileURLToPath(import.meta.url)}`)
    folder = parent
  }
  return folder
}

/** Folder of package.json: the sources and the compiled `dist/` both read schemas, configuration and the sample from here. */
export const packageRoot = findPackageRoot()

/** Of package.json. */
export function packageVersion(): string {
  const manifest: { version?: string } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return manifest.version ?? 'unknown'
}

/** True when the code runs from TypeScript sources (tsx, tests), false when it runs from `dist/`. */
export const runsFromSource = import.meta.url.endsWith('.ts')

/** URL of a module beside another, whichever of the two forms runs: `moduleUrl(import.meta.url, './worker')`. */
export function moduleUrl(from: string, path: string): URL {
  return new URL(path + (runsFromSource ? '.ts' : '.js'), from)
}

/**
 * Starts a module of ours on a worker thread. From sources the thread must load TypeScript itself: tsx does not reach the
 * threads of Node 20 by `--import` (privatenumber/tsx#354).
 */
export function startWorker(url: URL, workerData: unknown): Worker {
  if (!runsFromSource) return new Worker(url, { workerData })
  const entry = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url.href)}) })`
  return new Worker(entry, { eval: true, workerData })
}
