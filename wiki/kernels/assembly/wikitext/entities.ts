/** Character references become their characters: the rules of ../../../wikitext/entities.ts. */
import { ampersand, hash, isAsciiLetter, isDigit, protectionOf, semicolon } from './characters'
import { entity } from './imports'
import { foundValue, isKnown, Kind, learn } from './names'
import { pushProtected, text } from './tags'

/** True where a character reference gave a character that Unicode may compose. */
export let mayCompose: bool = false

export function beginEntities(): void {
  mayCompose = false
}

/** Letters and digits of HTML's longest entity, CounterClockwiseContourIntegral. */
const longestEntity: usize = 31

/**
 * Appends what the character reference at `at` stands for, protected where it means something in wikitext; a `&` that
 * starts none is itself. Returns where reading goes on.
 */
export function readReference(at: usize, end: usize): usize {
  let i = at + 1
  let code: i32 = 0
  if (i < end && <u32>load<u8>(i) == hash) {
    i++
    const isHex = i < end && (<u32>load<u8>(i) | 0x20) == 0x78
    if (isHex) i++
    const digits = i
    const longest: usize = isHex ? 6 : 7
    for (; i < end && i - digits < longest; i++) {
      const byte: u32 = load<u8>(i)
      if (isDigit(byte)) code = code * (isHex ? 16 : 10) + <i32>(byte - 0x30)
      else if (isHex && (byte | 0x20) - 0x61 < 6) code = code * 16 + <i32>((byte | 0x20) - 0x57)
      else break
    }
    if (i == digits || i >= end || <u32>load<u8>(i) != semicolon) {
      text.push(ampersand)
      return at + 1
    }
    if (!isText(code)) {
      text.push(0x20)
      return i + 1
    }
  } else {
    const name = i
    while (i < end && i - name < longestEntity && (isAsciiLetter(load<u8>(i)) || (i > name && isDigit(load<u8>(i))))) i++
    if (i - name >= 2 && i < end && <u32>load<u8>(i) == semicolon) {
      if (isKnown(Kind.Entity, name, i - name)) code = foundValue()
      else {
        code = entity(name, i - name)
        learn(Kind.Entity, name, i - name, code)
      }
    }
    if (code == 0) {
      text.push(ampersand)
      return at + 1
    }
  }
  if (<u32>code > 0x10ffff) {
    pushCharacter(code & 0xffff)
    code = code >>> 16
  }
  pushCharacter(code)
  return i + 1
}

function pushCharacter(code: i32): void {
  if (code < 128) pushProtected(protectionOf(code), code)
  else text.pushCodePoint(code)
  if (code >= 0x300 && isUnstable(code)) mayCompose = true
}

/**
 * True for what Unicode may compose, or write otherwise in NFC. Greek and Cyrillic letters and most symbols up to
 * U+2BFF are stable: references to them (&alpha; &ndash;) are frequent, and composing costs more than all the rest.
 */
function isUnstable(code: i32): bool {
  if (code >= 0x370 && code < 0x590) return code == 0x374 || code == 0x37e || code == 0x387
  if (code >= 0x2002 && code < 0x2c00) {
    return code == 0x2126 || code == 0x212a || code == 0x212b || code == 0x2329 || code == 0x232a || code == 0x2adc
  }
  return true
}

/** True for what may stand in a text: no control character, surrogate or noncharacter. */
function isText(code: i32): bool {
  if (code < 0x20 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false
  return (code < 0xfdd0 || code > 0xfdef) && (code & 0xfffe) != 0xfffe
}
