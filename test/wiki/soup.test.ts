import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { siteOf } from '../../wiki/site.ts'
import { tablesOf } from '../../wiki/wikitext/page-tables.ts'
import { linearParser } from '../../wiki/wikitext/parse.ts'
import type { ParsedWikitext } from '../../wiki/wikitext/parsed.ts'
import { referenceParser } from '../../wiki/wikitext/reference-parser.ts'
import { kernelParser } from './kernel-parser.ts'
import { pieces, soup } from './soup.ts'

const ko = siteOf(undefined, { wiki: 'kowiki' })

/** Milliseconds of this process's own time: other work on the machine does not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The texts without formulas, in which everything is as it was written. */
type Texts = Pick<ParsedWikitext, 'lead' | 'sections' | 'links' | 'boldNames' | 'glosses' | 'infoboxes'>

function textsOf(parsed: Texts): string[] {
  return allTextsOf(parsed).map((text) => text.replace(/\\\(.*?\\\)/g, ''))
}

function allTextsOf(parsed: Texts): string[] {
  return [
    parsed.lead,
    ...parsed.sections.flatMap(({ heading, text }) => [heading, text]),
    ...parsed.links.map(({ surface }) => surface),
    ...parsed.boldNames,
    ...parsed.glosses.map(({ text }) => text),
    ...parsed.infoboxes.flatMap(({ fields }) => Object.values(fields)),
  ]
}

const leftOver = /\{\{|\}\}|\[\[|\]\]|\{\||\|\}|'''|<ref|<!--|&nbsp;|~~~~|__목차숨김__|[\ufdd0-\ufdef]/

for (const [name, parser] of [
  ['reference', referenceParser],
  ['linear', linearParser],
  ['kernel', kernelParser],
] as const) {
  test(`the ${name} parser never throws and leaves no markup in any soup`, () => {
    fc.assert(
      fc.property(soup, (text) => {
        for (const plain of textsOf(parser(text, ko, '서울'))) assert.doesNotMatch(plain, leftOver)
      }),
      { numRuns: 1500, seed: 20260901 },
    )
  })

  if (name === 'linear') continue
  test(`the ${name} parser reads 100 KB of any one piece, or of two in turn, within a second`, () => {
    const slow: string[] = []
    const units = [
      ...pieces,
      '가 나 ',
      '<a <b ',
      '[[a|',
      '{{a|',
      "'''a ",
      '(,',
      '[http://a ',
      '==a',
      '\n\n\n',
      ' \n',
      '"<a ',
      '{{nowrap|{{lang|en|',
    ]
    for (const unit of units) {
      for (const text of [
        unit.repeat(Math.ceil(100_000 / unit.length)),
        `${unit}x `.repeat(Math.ceil(100_000 / (unit.length + 2))),
      ]) {
        const ms = cpuMs(() => parser(text, ko, '서울'))
        if (ms > 1000) slow.push(`${JSON.stringify(unit)} ${Math.round(ms)} ms`)
      }
    }
    assert.deepEqual(slow, [])
  })
}

/** CPU time for a megabyte of wikitext, whatever it holds. */
const mostMsPerMb = 100

test('no page costs the kernel more than 100 ms a megabyte, however many constructs are never closed', () => {
  const nested = `${'{{nowrap|'.repeat(50)}가${'}}'.repeat(50)} `
  const slow: string[] = []
  for (const construct of ['{{', '[[', '<ref>', '{|\n', '<!--', "'''", '<a <b ', '    ', nested]) {
    // Work that grows with the square of the length would cost four times as much a megabyte in the longer one.
    for (const repeats of construct === nested ? [160, 640] : [16_000, 64_000]) {
      const text = construct.repeat(repeats)
      const best = Math.min(...[1, 2, 3].map(() => cpuMs(() => kernelParser(text, ko, '서울'))))
      const msPerMb = best / (text.length / 1e6)
      // Starting a page takes a part of a millisecond, which a short one cannot share.
      if (best > 3 && msPerMb > mostMsPerMb) {
        slow.push(`${JSON.stringify(construct.slice(0, 9))} × ${repeats}: ${msPerMb.toFixed(0)} ms a megabyte`)
      }
    }
  }
  assert.deepEqual(slow, [])
})

test('tables are read out of 100 KB of anything within a second', () => {
  const units = ['{|\n', '{|\n|', '\n|-\n| ', '| a || ', '<table><tr><td>', '<table', '<td a="|', '{{a|{|\n']
  const slow: string[] = []
  for (const unit of [...pieces, ...units]) {
    for (const start of ['', '{|\n']) {
      const text = `${start}${unit.repeat(Math.ceil(100_000 / unit.length))}\n|}`
      const ms = cpuMs(() => tablesOf(text, ko, '서울'))
      if (ms > 1000) slow.push(`${JSON.stringify(start + unit)} ${Math.round(ms)} ms`)
    }
  }
  assert.deepEqual(slow, [])
})

test('random soup of 100 KB takes less than a second', () => {
  const long = fc.array(fc.constantFrom(...pieces), { minLength: 20_000, maxLength: 30_000, size: 'max' })
  fc.assert(
    fc.property(long, (parts) => {
      const text = parts.join('').slice(0, 100_000)
      assert.ok(cpuMs(() => referenceParser(text, ko, '서울')) < 1000)
    }),
    { numRuns: 15, seed: 20260901 },
  )
})

test('nesting of 2,000 templates and links neither overflows the stack nor takes long', () => {
  for (const [open, close] of [
    ['{{nowrap|', '}}'],
    ['[[a|', ']]'],
    ['{{a|{{본명|x|', '}}}}'],
    ['{{lang|en|', '}}'],
    ['[[파일:a|', ']]'],
    ['\n{|\n| ', '\n|}'],
  ] as const) {
    const text = `앞 ${open.repeat(2000)}가${close.repeat(2000)} 뒤`
    let parsed: ParsedWikitext | undefined
    const ms = cpuMs(() => {
      parsed = referenceParser(text, ko, '서울')
    })
    assert.ok(ms < 1000, `${open} ${ms} ms`)
    assert.match(parsed?.lead ?? '', /^앞[\s\S]*뒤$/)
  }
})
