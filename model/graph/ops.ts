/**
 * The ops of the graph, by subject. Each is described once: type of the result, vector-Jacobian product, ONNX and TorchScript forms.
 * The files import one another in circles (the gradient of a sum is an expansion, and the other way round): the imports
 * are used only when a graph is built, never while the modules load.
 */
export * from './ops/comparison.ts'
export * from './ops/elementwise.ts'
export * from './ops/indexing.ts'
export * from './ops/matrix.ts'
export * from './ops/normalisation.ts'
export * from './ops/pooling.ts'
export * from './ops/reduction.ts'
export * from './ops/shape.ts'
