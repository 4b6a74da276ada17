import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { markdownFiles } from './blocks.ts'

const pages = markdownFiles()

const textOf = (page: string): string => readFileSync(join(packageRoot, page), 'utf8')
/** Code shows links that are none. */
const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '')

/** Anchors as GitHub makes them: lower case, letters, digits, _ and - kept, spaces as hyphens; a second one of a name gets -1. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const headings = textOf(page)
    .replace(/^```.*?^```/gms, '')
    .matchAll(/^#{1,6} (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) => {
      const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*\\]/g, '')
      const anchor = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    }),
  )
}

/** What is wrong with a link of a page; undefined where nothing is. */
function faultOf(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path)))
  if (!existsSync(join(packageRoot, target))) return `${page}: ${link} leads nowhere`
  if (anchor === undefined || !target.endsWith('.md') || statSync(join(packageRoot, target)).isDirectory())
    return undefined
  return anchorsOf(target).has(anchor) ? undefined : `${page}: ${target} has no heading #${anchor}`
}

test('every relative link of every page leads to a file, and its anchor to a heading', () => {
  assert.ok(pages.includes('docs/tutorial.md') && pages.includes('README.md'))
  const faults = pages.flatMap((page) =>
    [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z][a-z+.-]*:/i.test(link))
      .flatMap((link) => faultOf(page, link) ?? []),
  )
  assert.deepEqual(faults, [])
})

test('a file of the repository that a page names in its text is there', () => {
  const folders = readdirSync(packageRoot, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const named = new RegExp(
    `\`((?:${folders.map(({ name }) => name).join('|')})/[\\w./-]+\\.(?:ts|mjs|sh|py|java|md))\``,
    'g',
  )
  const faults = pages.flatMap((page) =>
    [...textOf(page).matchAll(named)]
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(join(packageRoot, file)))
      .map((file) => `${page}: there is no ${file}`),
  )
  assert.deepEqual(faults, [])
})

test('every picture is shown by a page', () => {
  const texts = pages.map(textOf).join('\n')
  const pictures = readdirSync(join(packageRoot, 'docs', 'pictures')).filter((name) => name.endsWith('.png'))
  assert.ok(pictures.length > 0)
  assert.deepEqual(
    pictures.filter((name) => !texts.includes(`pictures/${name})`)),
    [],
  )
})
