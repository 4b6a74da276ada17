/** How sure a share is that was counted on a sample. */

/** Two-sided 95 %: the 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054

/**
 * Wilson's score interval of a share, 95 %: where the share of all lies, as far as `right` of `judged` tell. judged ≥ right ≥ 0;
 * nothing judged says nothing, [0, 1]. Source: Wilson 1927, JASA 22(158), 209–212.
 */
export function wilsonInterval(right: number, judged: number): readonly [low: number, high: number] {
  if (judged === 0) return [0, 1]
  const share = right / judged
  const centre = share + (z * z) / (2 * judged)
  const spread = z * Math.sqrt((share * (1 - share)) / judged + (z * z) / (4 * judged * judged))
  const scale = 1 + (z * z) / judged
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}
