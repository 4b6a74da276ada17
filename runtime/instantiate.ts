import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FatalError } from './errors.ts'

/** Functions that a kernel calls; pointers, lengths and codes are 32-bit integers. */
export type KernelImports = Readonly<Record<string, (...values: number[]) => number | undefined>>

const modules = new Map<string, WebAssembly.Module>()

/**
 * The exports `E` of a new instance of a kernel (`*.wasm`, compiled from AssemblyScript), with a memory of its own. The module is
 * compiled once a thread. Throws FatalError KERNEL_MISSING where the kernels are not built.
 */
export function instantiate<E>(kernel: URL, imports: KernelImports = {}): E & { readonly memory: WebAssembly.Memory } {
  let module = modules.get(kernel.href)
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(kernel))
    modules.set(kernel.href, module)
  }
  const abort = () => {
    throw new WebAssembly.RuntimeError(`kernel ${basename(kernel.pathname)} gave up`)
  }
  return new WebAssembly.Instance<E & { readonly memory: WebAssembly.Memory }>(module, { env: { abort, ...imports } })
    .exports
}

function bytesOf(kernel: URL): Uint8Array {
  const file = fileURLToPath(kernel)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new FatalError('KERNEL_MISSING', `the kernel ${basename(file)} cannot be read`, {
      at: { file },
      hint: 'Run npm run build: it compiles the kernels.',
      cause,
    })
  }
}
