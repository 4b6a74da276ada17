import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import { infoboxNames } from '../../services/04-name-finder/infoboxes.ts'
import { siteOf } from '../../wiki/site.ts'
import { glossesOf } from '../../wiki/wikitext/glosses.ts'
import { redirectOf } from '../../wiki/wikitext/redirect.ts'
import { tidyLine } from '../../wiki/wikitext/tidy.ts'
import { kernelParser } from '../wiki/kernel-parser.ts'

const ko = siteOf(undefined, { wiki: 'kowiki' })

/** Milliseconds of this process's own time: other work on the machine does not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Far longer than any of them is in earnest: what takes the cube of it would take hours. */
const length = 50_000
const units = ['_', ' ', '\t', '"', '(', ' (', ',', ', ', '/', ':', '|', '\u0300', '.', '가(', 'a ']
const infobox = (value: string) => ({
  name: 'Infobox settlement',
  fields: { name: value, native_name: value, 영어: value },
})
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  foldTitle,
  splitQualifier,
  tidyLine,
  'names in infoboxes': (text) => [...infoboxNames([infobox(text)], 'ko')],
  glosses: (text) => glossesOf(text, 2, ko),
  redirects: (text) => redirectOf(`#넘겨주기 [[서울]] {{${text}`, ko),
}

test('fifty thousand of any one mark is read within a second, as a name, a value, a gloss or a redirect', () => {
  const slow: string[] = []
  for (const [reader, read] of Object.entries(readers)) {
    for (const unit of units) {
      for (const text of [unit.repeat(length / unit.length), `가나${unit.repeat(length / unit.length)}b\n`]) {
        const ms = cpuMs(() => read(text))
        if (ms > 1_000) slow.push(`${reader}, ${JSON.stringify(unit)}: ${ms} ms`)
      }
    }
  }
  assert.deepEqual(slow, [])
})

test('parameters, links and headings of the names that objects inherit by are texts like others', () => {
  const names = ['constructor', 'prototype', 'hasOwnProperty', 'toString']
  const text = [
    '{{도시 정보',
    // Of this one nothing is kept, for a plain object takes no text by its name; nor does it change anything.
    '|__proto__ = polluted',
    ...names.map((name) => `|${name} = polluted ${name}`),
    '}}',
    ...names.flatMap((name) => [`== ${name} ==`, `[[${name}|polluted by ${name}]]`]),
  ].join('\n')
  const { infoboxes, links, sections } = kernelParser(text, ko, '__proto__')
  assert.deepEqual(
    names.map((name) => Object.entries(infoboxes[0]!.fields).find(([key]) => key === name)?.[1]),
    names.map((name) => `polluted ${name}`),
  )
  assert.deepEqual(
    links.map(({ surface }) => surface),
    names.map((name) => `polluted by ${name}`),
  )
  assert.deepEqual(
    sections.map(({ heading }) => heading),
    names,
  )
  assert.equal('polluted' in {}, false)
  assert.equal(Object.keys(Object.prototype).length, 0)
})
