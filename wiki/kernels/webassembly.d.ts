/** What the kernels need of the WebAssembly interface; the types of node leave it to those of browsers. */
declare namespace WebAssembly {
  type Imports = Readonly<Record<string, Readonly<Record<string, (...values: number[]) => number | undefined>>>>
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance<E> {
    readonly exports: E
    constructor(module: Module, imports: Imports)
  }
  class Memory {
    readonly buffer: ArrayBuffer
  }
  class RuntimeError extends Error {}
}
