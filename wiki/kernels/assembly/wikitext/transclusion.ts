/** `{{…}}`: what a template or a parser function reads as, where that is known. */
import { Bytes } from './memory'
import { colon, find, glossClose, glossMiddle, glossOpen, newline, openBrace, skipSpaces, trimEnd } from './characters'
import { canonical, collectPlain, flatten, pushMark, pushProtected } from './canonical'
import { List } from './collected'
import { expandTrimmed } from './expand'
import { handle, particle, template } from './imports'
import { isInfobox, readInfobox } from './infoboxes'
import { plainInto } from './lines'
import { foundValue, isKnown, Kind, learn } from './names'
import { cutParts, dropParts, findPositional, partCount, partFrom, parts, partTo, valueFrom, valueTo } from './parts'
import { title } from './source'
import { text } from './tags'
import { Prefix, Template } from './templates'

export const shortDescription = new Bytes()
/** Bits of all the templates used, see templates.ts. */
export let templateMarks: i32 = 0
/** Templates beyond this many on one page are dropped unread; the largest real lists have some 10,000. */
const maxTemplates: i32 = 100000
let templateCount: i32 = 0

export function beginTransclusion(): void {
  shortDescription.begin(256)
  templateMarks = templateCount = 0
}

export function readTemplate(from: i32, to: i32): void {
  if (++templateCount > maxTemplates) return
  const first = cutParts(from, to)
  const head = skipSpaces(text.at + partFrom(first), text.at + partTo(first))
  const headEnd = trimEnd(head, text.at + partTo(first))
  writeTemplate(first, head, headEnd)
  dropParts(first)
}

function writeTemplate(first: i32, head: usize, headEnd: usize): void {
  const colonAt = find(colon, head, min(headEnd, head + 200))
  if (colonAt < min(headEnd, head + 200)) {
    const meaning = meaningOf(head, colonAt + 1)
    if (meaning != Template.Prefix) {
      writeFunction(meaning, first, <i32>(colonAt + 1 - text.at))
      return
    }
    head = skipSpaces(colonAt + 1, headEnd)
  } else if (head < headEnd && <u32>load<u8>(head) == 0x23) return
  const length = headEnd - head
  if (length == 0 || length > 400) return
  for (let at = head; at < headEnd; at++) {
    const byte: u32 = load<u8>(at)
    if (byte == openBrace || byte == newline) return
  }
  const meaning = meaningOf(head, headEnd)
  templateMarks |= meaning
  const arguments = first + 1
  switch (meaning & 0xff) {
    case Template.First:
      if (findPositional(arguments, 1)) expandTrimmed(valueFrom, valueTo)
      return
    case Template.Gloss:
      writeGloss(arguments)
      return
    case Template.Handled:
      writeHandled(meaning >> 16, arguments)
      return
    case Template.Hatnote:
    case Template.Caption: {
      const start = canonical.length
      writeHandled(meaning >> 16, arguments)
      collectPlain((meaning & 0xff) == Template.Caption ? List.Caption : List.Hatnote, start)
      return
    }
    case Template.PageName:
      if (partCount() > arguments) return
      for (let i: usize = 0; i < title.length; i++) pushProtected(load<u8>(title.at + i))
      return
    case Template.ShortDescription: {
      if (shortDescription.length > 0 || !findPositional(arguments, 1)) return
      const start = canonical.length
      expandTrimmed(valueFrom, valueTo)
      flatten(start)
      plainInto(shortDescription, canonical.at + start, canonical.length - start)
      canonical.length = start
      return
    }
  }
  if (isInfobox(meaning, arguments)) readInfobox(head, headEnd, arguments)
}

function meaningOf(at: usize, end: usize): i32 {
  const length = end - at
  if (isKnown(Kind.Template, at, length)) return foundValue()
  const meaning = template(at, length)
  learn(Kind.Template, at, length, meaning)
  return meaning
}

/** `{{lang|en|Seoul}}`: the text between marks that say the language. */
function writeGloss(first: i32): void {
  const start = canonical.length
  pushMark(glossOpen)
  if (findPositional(first, 1)) expandTrimmed(valueFrom, valueTo)
  pushMark(glossMiddle)
  const textStart = canonical.length
  if (findPositional(first, 2)) expandTrimmed(valueFrom, valueTo)
  if (canonical.length == textStart) canonical.length = start
  else pushMark(glossClose)
}

function writeHandled(handler: i32, first: i32): void {
  canonical.length += handle(handler, parts.at + <usize>first * 12, partCount() - first)
}

function writeFunction(meaning: i32, first: i32, argument: i32): void {
  switch (meaning & 0xff) {
    case Template.Argument:
      expandTrimmed(argument, partTo(first))
      return
    case Template.If: {
      const start = canonical.length
      expandTrimmed(argument, partTo(first))
      const branch = canonical.length == start ? first + 2 : first + 1
      canonical.length = start
      if (branch < partCount()) expandTrimmed(partFrom(branch), partTo(branch))
      return
    }
    case Template.Particle: {
      const start = canonical.length
      expandTrimmed(argument, partTo(first))
      const length = canonical.length - start
      const tail = min<usize>(length, 160)
      canonical.length += particle(meaning >> 16, canonical.at + canonical.length - tail, tail)
    }
  }
}
