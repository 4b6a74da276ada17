/**
 * A page of export XML in, the Avro encoding of an article out. The steps, in the order of the data: wikitext/source.ts
 * (XML), tags.ts (elements; entities.ts), brackets.ts, expand.ts (links.ts, transclusion.ts, infoboxes.ts) into canonical.ts,
 * lines.ts (sections, prose, tidy.ts), article.ts. Called by ../wikitext-kernel.ts.
 */
import { beginArticle, result, setCoordinates, setPrefix, setRedirect, writeArticle } from './wikitext/article'
import { beginCollecting } from './wikitext/collected'
import { canonical } from './wikitext/canonical'
import { setConversion } from './wikitext/conversion'
import { mayCompose as tagsMayCompose } from './wikitext/entities'
import { expand, expandText } from './wikitext/expand'
import { compose, redirect } from './wikitext/imports'
import { json, writeJson } from './wikitext/json'
import { addGloss, beginLine, readLines } from './wikitext/lines'
import { resetArena, take } from './wikitext/memory'
import {
  hasRedirect, isWikitext, mayCompose as sourceMayCompose, namespace, pageId, readPage, readSource, redirectTitle,
  setPage, source, timestamp, title,
} from './wikitext/source'
import { readTags, setTextLength, text } from './wikitext/tags'
import { pairBrackets } from './wikitext/brackets'
import { setCapitals } from './wikitext/titles'

export { addGloss, setCapitals, setConversion, setCoordinates, setPrefix, setRedirect }

let input: usize = 0

/** Room for a page of `length` bytes; the page before is let go. */
export function begin(length: usize): usize {
  resetArena()
  input = take(length)
  return input
}

/** Reads the head of the page at `begin`; false where it needs the careful reader. */
export function head(length: usize): bool {
  return readPage(input, length)
}

export function pageNamespace(): i32 {
  return namespace
}
export function pageIsWikitext(): bool {
  return isWikitext
}

/** Takes the page of `head` apart into `resultAt`, `resultLength`; false where it needs the careful reader. */
export function article(): bool {
  if (!readSource()) return false
  takeApart(sourceMayCompose)
  return true
}

/** Strings of a page that was read outside, for `setString`. */
const enum Field {
  Title,
  RedirectTitle,
  Timestamp,
  Source,
}

/** A page read outside: numbers first, then each string by `setString`, then `articleOfStrings`. */
export function beginStrings(id: f64, revision: f64, ns: i32, bytes: f64, redirects: bool): void {
  resetArena()
  setPage(<i64>id, <i64>revision, ns, <i64>bytes, redirects)
}

/** Where to write the UTF-8 of a string. */
export function setString(field: Field, length: usize): usize {
  const target =
    field == Field.Title ? title : field == Field.RedirectTitle ? redirectTitle : field == Field.Timestamp ? timestamp : source
  target.begin(length)
  target.length = length
  return target.at
}

export function articleOfStrings(): void {
  takeApart(true)
}

function takeApart(mayCompose: bool): void {
  beginArticle()
  beginCollecting()
  beginLine()
  readTags(source.at, source.length)
  text.ensure(text.length * 2 + 64)
  if (mayCompose || tagsMayCompose) setTextLength(compose(text.at, text.length))
  store<u64>(text.at + text.length, 0)
  if (hasRedirect || firstByte() == 0x23) redirect(text.at, min<usize>(text.length, 4000))
  pairBrackets(text.at, <i32>text.length)
  expandText()
  readLines(canonical.at, canonical.length)
  writeArticle()
}

/** The first byte of the text that is no white space. */
function firstByte(): u32 {
  for (let i: usize = 0; i < text.length; i++) {
    const byte: u32 = load<u8>(text.at + i)
    if (byte > 0x20) return byte
  }
  return 0
}

/** The article just taken apart as a line of JSON, with the fields whose bits are set; at `jsonAt`. Its length. */
export function jsonOfResult(fields: u32): usize {
  writeJson(result.at, result.length, fields)
  return json.length
}
export function jsonAt(): usize {
  return json.at
}
export function pageIdOf(): f64 {
  return <f64>pageId
}

export function resultAt(): usize {
  return result.at
}
export function resultLength(): usize {
  return result.length
}
export function redirectTitleAt(): usize {
  return redirectTitle.at
}
/** Bytes of the title in the `<redirect>` element, or −1. */
export function redirectTitleLength(): i32 {
  return hasRedirect ? <i32>redirectTitle.length : -1
}

/** For handlers of templates: where the text lies, of which parts are offsets. */
export function textAt(): usize {
  return text.at
}

let expandedFrom: usize = 0

/** Expands a part of the text; what it reads as lies at `expandedAt`. Returns its length. */
export function expandPart(from: i32, to: i32): i32 {
  const start = canonical.length
  expand(from, to)
  expandedFrom = start
  const length = canonical.length - start
  canonical.length = start
  return <i32>length
}

/** Where the text of the last `expandPart` lies until anything else is written. */
export function expandedAt(): usize {
  return canonical.at + expandedFrom
}

/** Room for `length` bytes that a handler writes. */
export function reserve(length: usize): usize {
  canonical.ensure(length)
  return canonical.at + canonical.length
}
