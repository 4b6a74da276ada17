import { readFileSync } from 'node:fs'
import { FatalError } from '../../runtime/errors.ts'

/** Functions that a kernel calls; pointers, lengths and codes are 32-bit integers. */
export type KernelImports = Readonly<Record<string, (...values: number[]) => number | undefined>>

const modules = new Map<string, WebAssembly.Module>()

/**
 * The exports `E` of a new instance of the kernel assembly/<name>.ts, with a memory of its own. The module is
 * compiled once a thread. Throws FatalError KERNEL_MISSING where the kernels are not built.
 */
export function instantiate<E>(name: string, imports: KernelImports = {}): E & { readonly memory: WebAssembly.Memory } {
  let module = modules.get(name)
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(name))
    modules.set(name, module)
  }
  const abort = () => {
    throw new WebAssembly.RuntimeError(`kernel ${name} gave up`)
  }
  return new WebAssembly.Instance<E & { readonly memory: WebAssembly.Memory }>(module, { env: { abort, ...imports } })
    .exports
}

function bytesOf(name: string): Uint8Array {
  const file = new URL(`./${name}.wasm`, import.meta.url)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new FatalError('KERNEL_MISSING', `the kernel ${name}.wasm cannot be read`, {
      at: { file: file.pathname },
      hint: 'Run npm run build: it compiles the kernels.',
      cause,
    })
  }
}
