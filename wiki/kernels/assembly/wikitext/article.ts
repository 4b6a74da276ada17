/**
 * The Avro encoding of an article (schemas/Article.avsc; https://avro.apache.org/docs/1.12.0/specification/) from what
 * the other parts found in a page.
 */
import { Bytes } from './memory'
import { entryCount, firstAt, firstLength, List, listOf, occurrences, secondAt, secondLength, sizeOf } from './collected'
import { infoboxCount, infoboxes } from './infoboxes'
import { titleKind } from './imports'
import { body, headings, sections } from './lines'
import { namespace, pageId, revisionId, textBytes, timestamp, title } from './source'
import { isMarkedDisambiguation } from './switches'
import { references } from './tags'
import { marksDisambiguation, marksStub, PageKind } from './templates'
import { shortDescription, templateMarks } from './transclusion'
import { writeLong, writeString } from './varint'

export const result = new Bytes()
/** Avro bytes of the fields before the page id, which are the same for all pages of a dump. */
const prefix = heap.alloc(512)
let prefixLength: usize = 0

/** Where to write the prefix of `length` ≤ 512 bytes. */
export function setPrefix(length: usize): usize {
  prefixLength = length
  return prefix
}

/** Where a redirect leads, in Avro. */
const redirectBytes = new Bytes()
let isRedirect: bool = false

let latitude: f64 = 0
let longitude: f64 = 0
let hasCoordinates: bool = false
let hasTitleCoordinates: bool = false

export function beginArticle(): void {
  redirectBytes.begin(1024)
  isRedirect = hasCoordinates = hasTitleCoordinates = false
}

/** Says that the page is a redirect; `length` bytes of Avro are to be written at the place returned. */
export function setRedirect(length: usize): usize {
  redirectBytes.length = 0
  redirectBytes.ensure(length)
  redirectBytes.length = length
  isRedirect = true
  return redirectBytes.at
}

/** Coordinates of the subject in degrees: the first that stand beside the title, else the first in the text. */
export function setCoordinates(north: f64, east: f64, isTitle: bool): void {
  if (hasCoordinates && (hasTitleCoordinates || !isTitle)) return
  latitude = north
  longitude = east
  hasCoordinates = true
  hasTitleCoordinates = isTitle
}

export function writeArticle(): void {
  result.begin(body.length + (body.length >> 1) + 4096)
  result.append(prefix, prefixLength)
  writeLong(result, pageId)
  writeLong(result, revisionId)
  writeString(result, timestamp.at, timestamp.length)
  writeString(result, title.at, title.length)
  writeLong(result, pageKind())
  writeRedirect()
  if (isRedirect) {
    // No lead, sections or links.
    result.push(0)
    result.push(0)
    result.push(0)
  } else {
    writeSections()
    writeLinks()
  }
  writeList(List.BoldName)
  writePairs(List.Gloss)
  if (infoboxCount > 0) {
    writeLong(result, infoboxCount)
    result.append(infoboxes.at, infoboxes.length)
  }
  result.push(0)
  writeList(List.Category)
  writePairs(List.LanguageLink)
  writeLong(result, references)
  writeLong(result, textBytes)
  writeLong(result, namespace)
  writeString(result, shortDescription.at, shortDescription.length)
  writeList(List.Hatnote)
  writeList(List.Caption)
  writeCoordinates()
}

function pageKind(): PageKind {
  if (isRedirect) return PageKind.Redirect
  const byTitle: PageKind = titleKind(title.at, title.length)
  const isDisambiguation = isMarkedDisambiguation || (templateMarks & marksDisambiguation) != 0
  if (isDisambiguation || byTitle == PageKind.Disambiguation) return PageKind.Disambiguation
  if (byTitle == PageKind.List) return PageKind.List
  return templateMarks & marksStub ? PageKind.Stub : PageKind.Article
}

function writeRedirect(): void {
  if (!isRedirect) {
    result.push(0)
    return
  }
  writeLong(result, 1)
  result.append(redirectBytes.at, redirectBytes.length)
}

function writeSections(): void {
  const count = <i32>(sections.length / 20)
  writeString(result, body.at + load<u32>(sections.at + 12), load<u32>(sections.at + 16))
  if (count > 1) {
    writeLong(result, count - 1)
    for (let i = 1; i < count; i++) {
      const record = sections.at + <usize>i * 20
      writeString(result, headings.at + load<u32>(record), load<u32>(record + 4))
      writeLong(result, load<i32>(record + 8))
      writeString(result, body.at + load<u32>(record + 12), load<u32>(record + 16))
    }
  }
  result.push(0)
}

function writeLinks(): void {
  const size = sizeOf(List.Link)
  if (size > 0) {
    writeLong(result, size)
    for (let i = 0; i < entryCount(); i++) {
      if (listOf(i) != List.Link) continue
      writeString(result, firstAt(i), firstLength(i))
      writeString(result, secondAt(i), secondLength(i))
      writeLong(result, occurrences(i))
    }
  }
  result.push(0)
}

function writeList(list: List): void {
  const size = sizeOf(list)
  if (size > 0) {
    writeLong(result, size)
    for (let i = 0; i < entryCount(); i++) if (listOf(i) == list) writeString(result, firstAt(i), firstLength(i))
  }
  result.push(0)
}

function writePairs(list: List): void {
  const size = sizeOf(list)
  if (size > 0) {
    writeLong(result, size)
    for (let i = 0; i < entryCount(); i++) {
      if (listOf(i) != list) continue
      writeString(result, firstAt(i), firstLength(i))
      writeString(result, secondAt(i), secondLength(i))
    }
  }
  result.push(0)
}

function writeCoordinates(): void {
  if (!hasCoordinates) {
    result.push(0)
    return
  }
  writeLong(result, 1)
  result.ensure(16)
  store<f64>(result.at + result.length, latitude)
  store<f64>(result.at + result.length + 8, longitude)
  result.length += 16
}
