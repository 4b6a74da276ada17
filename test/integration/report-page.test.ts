/** report.html in a real browser, as somebody opens it who was sent the file: without a network, on a screen and on paper. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { renderPage } from '../../cli/report/page.ts'
import { reportFacts } from '../cli/report-facts.ts'
import { openChromium, noChromium as skip, violations } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-report-page-'))
const file = join(folder, 'report.html')
let browser: Browser

before(async () => {
  if (skip) return
  writeFileSync(file, renderPage(reportFacts()))
  browser = await openChromium()
})
after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it opens offline in ${colorScheme}, asks for nothing else, fits a phone, and axe finds nothing to complain of`, {
    skip,
  }, async () => {
    const context = await browser.newContext({ offline: true, colorScheme, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    const asked: string[] = []
    const faults: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    const address = pathToFileURL(file).href
    await page.goto(address)
    assert.deepEqual(asked, [address])
    assert.deepEqual(faults, [])
    assert.ok((await page.locator('svg').count()) > 10)
    assert.deepEqual(await violations(page), [])
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    assert.equal(wider, 0, 'it is wider than the screen')
    await context.close()
  })
}

test('on paper it is black on white, without the links of the screen, and nothing is cut off', { skip }, async () => {
  const page = await browser.newPage({ colorScheme: 'dark', viewport: { width: 720, height: 1000 } })
  await page.goto(pathToFileURL(file).href)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.evaluate("getComputedStyle(document.querySelector('nav')).display"), 'none')
  assert.equal(await page.evaluate('getComputedStyle(document.body).color'), 'rgb(0, 0, 0)')
  const hidden = `[...document.querySelectorAll('.scroll')].filter((one) => getComputedStyle(one).overflowX !== 'visible').length`
  assert.equal(await page.evaluate(hidden), 0, 'a table could scroll')
  const pdf = await page.pdf({ format: 'A4' })
  assert.ok([...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length >= 3, 'pages')
  await page.close()
})
