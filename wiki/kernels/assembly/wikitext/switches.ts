/** Behaviour switches such as `__NOTOC__`, by the words of the wiki. */
import { isAsciiLetter, matches, underscore } from './characters'
import { pageSwitch } from './imports'
import { foundValue, isKnown, Kind, learn } from './names'

export let isMarkedDisambiguation: bool = false

export function beginSwitches(): void {
  isMarkedDisambiguation = false
}

/** Longest behaviour switch in bytes: 40 characters of any script. */
const longestSwitch: usize = 160

/** Past a behaviour switch such as `__NOTOC__` or `__목차숨김__`; `at` where it is none. */
export function pastSwitch(at: usize, to: usize): usize {
  const from = at + 2
  let i = from
  const limit = min(to, from + longestSwitch)
  while (i < limit && (isAsciiLetter(load<u8>(i)) || load<u8>(i) >= 0x80 || isInnerUnderscore(i, from))) i++
  if (i == from || i + 1 >= to || load<u16>(i) != 0x5f5f || !isSwitch(from, i - from)) return at
  if (matches(from, i - from, 'DISAMBIG')) isMarkedDisambiguation = true
  return i + 2
}

@inline
function isInnerUnderscore(at: usize, from: usize): bool {
  return <u32>load<u8>(at) == underscore && at > from && <u32>load<u8>(at + 1) != underscore
}

/** Whether a word between pairs of underscores is a switch on this wiki. */
function isSwitch(at: usize, length: usize): bool {
  if (isKnown(Kind.Switch, at, length)) return foundValue() != 0
  const meaning = pageSwitch(at, length)
  learn(Kind.Switch, at, length, meaning)
  return meaning != 0
}
