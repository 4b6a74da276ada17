/** Whoever is sent to docs/reference/errors.md by an error finds its paragraph there. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'

/** What raises nothing at a user. */
const others = new Set(['bench', 'dist', 'docs', 'examples', 'node_modules', 'notebooks', 'test'])
/** Handed to functions like a code, and none: variables of the environment, and what Kafka calls its own faults. */
const foreign = /^AWS_|^TOPIC_ALREADY_EXISTS$/

/** Their hints are not written where they are raised: by the kind of the refusal, and in the page of the monitor. */
const hintedElsewhere = new Set(['OPENSEARCH_TLS', 'TOPIC_UNKNOWN'])

function sources(): string[] {
  return readdirSync(packageRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !others.has(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(packageRoot, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
    )
    .filter((file) => file.endsWith('.ts'))
}

/** By the letters of the text, where the page is made from its syntax tree: constants handed on first, and those called code. */
function codesIn(text: string): string[] {
  const handed = text.matchAll(/\b[\w$]+\(\s*'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)',/g)
  const thrown = text.matchAll(/\b\w+Error\(\s*'([A-Z][A-Z0-9_]+)'/g)
  const told = text.matchAll(/\bcode: (?:[^,{}\n]*\? )?'([A-Z][A-Z0-9_]+)'(?: : '([A-Z][A-Z0-9_]+)')?/g)
  return [...handed, ...thrown, ...told].flatMap(([, ...codes]) => codes.filter((code) => code !== undefined))
}

test('every code that can be raised has its paragraph', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8')
  const headings = new Set([...page.matchAll(/^## (\S+)$/gm)].map(([, code]) => code))
  const raised = sources().flatMap((file) =>
    codesIn(readFileSync(join(packageRoot, file), 'utf8')).map((code) => ({ code, file })),
  )
  assert.ok(raised.length > 400, `only ${raised.length} places were found`)
  assert.deepEqual(
    raised.filter(({ code }) => !headings.has(code) && !foreign.test(code)),
    [],
  )
})

test('a code that a function of the file makes errors of is told with its hint', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8')
  const [, paragraph = ''] = /^## REDIRECT_LOOP\n([^#]*)/m.exec(page) ?? []
  assert.match(paragraph, /redirected in a circle/)
  assert.match(paragraph, /To try: Open the address/)
  assert.match(paragraph, /FatalError, raised in `mirror\/http.ts`/)
})

test('what a user can mend says how: each code of a ConfigError has something to try', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8')
  const paragraphs = [...page.matchAll(/^## (\S+)\n([^#]*)/gm)]
  const ofSettings = paragraphs.filter(([, , text = '']) => text.includes('ConfigError, raised in'))
  assert.ok(ofSettings.length > 60, `only ${ofSettings.length} were found`)
  assert.deepEqual(
    ofSettings.flatMap(([, code = '', text = '']) =>
      text.includes('To try:') || hintedElsewhere.has(code) ? [] : [code],
    ),
    [],
  )
})
