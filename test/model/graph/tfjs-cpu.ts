import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { type TfjsRuntime, tfjsRuntime } from '../../../model/graph/tfjs-runtime.ts'

/** TensorFlow.js in plain JavaScript: slow, and on every machine. The native binding runs the same instructions. */
export async function tfjsInJavaScript(): Promise<TfjsRuntime> {
  // Spares the banner that recommends tfjs-node.
  tf.env().set('IS_TEST', true)
  await tf.setBackend('cpu')
  return tfjsRuntime(tf)
}
