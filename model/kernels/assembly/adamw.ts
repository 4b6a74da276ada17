/**
 * AdamW on one block of values, in one pass: what the nodes of model/graph/optimiser.ts compute in a dozen. The same operations in the
 * same order, each rounded to f32 as there, so the results are the same to the bit.
 *
 * The caller copies values to the four regions, calls `update`, and copies three of them back. What lies behind `count` may be anything.
 */
const room = 1 << 15
const parameters = memory.data(4 << 15, 16)
const gradients = memory.data(4 << 15, 16)
const firstMoments = memory.data(4 << 15, 16)
const secondMoments = memory.data(4 << 15, 16)

/** Values of a region. */
export function valuesAtOnce(): i32 {
  return room
}

export function parametersAt(): usize {
  return parameters
}

export function gradientsAt(): usize {
  return gradients
}

export function firstMomentsAt(): usize {
  return firstMoments
}

export function secondMomentsAt(): usize {
  return secondMoments
}

let share: v128
let firstKept: v128
let secondKept: v128
let squareShare: v128
let kept: v128
let rate: v128
let floor: v128

/** The factors of a step, as model/graph/optimiser.ts names them. */
export function setFactors(
  ofGradient: f32, ofFirst: f32, ofSecond: f32, ofSquare: f32, ofParameter: f32, ofChange: f32, underChange: f32,
): void {
  share = f32x4.splat(ofGradient)
  firstKept = f32x4.splat(ofFirst)
  secondKept = f32x4.splat(ofSecond)
  squareShare = f32x4.splat(ofSquare)
  kept = f32x4.splat(ofParameter)
  rate = f32x4.splat(ofChange)
  floor = f32x4.splat(underChange)
}

export function update(count: i32): void {
  const end: usize = (<usize>count * 4 + 15) & ~15
  for (let at: usize = 0; at < end; at += 16) {
    const gradient = f32x4.mul(v128.load(gradients + at), share)
    const first = f32x4.add(f32x4.mul(v128.load(firstMoments + at), firstKept), gradient)
    const squared = f32x4.mul(f32x4.mul(gradient, gradient), squareShare)
    const second = f32x4.add(f32x4.mul(v128.load(secondMoments + at), secondKept), squared)
    const change = f32x4.div(f32x4.mul(first, rate), f32x4.add(f32x4.sqrt(second), floor))
    v128.store(firstMoments + at, first)
    v128.store(secondMoments + at, second)
    v128.store(parameters + at, f32x4.sub(f32x4.mul(v128.load(parameters + at), kept), change))
  }
}
