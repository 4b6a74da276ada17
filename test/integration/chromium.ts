/** A real browser, and what it has to say of a page. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
const browserPath = process.env.NARU_CHROMIUM ?? places.find((path) => existsSync(path))

/** Why there is no browser on this machine; false where there is one, or has to be one. */
export const noChromium =
  browserPath === undefined && process.env.NARU_REQUIRE_SERVERS !== '1' && `${names.join(', ')}: none of them installed`

export function openChromium(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (browserPath === undefined) throw new Error(`none of ${names.join(', ')} is installed, nor named by NARU_CHROMIUM`)
  return chromium.launch({ executablePath: browserPath, args })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds against WCAG 2.1 AA and good practice: the rule and the first elements. */
export async function violations(page: Page): Promise<string[]> {
  // By the protocol, which the page's own policy against evaluating does not bind.
  await page.evaluate(axe)
  const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`,
  )
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .slice(0, 3)
        .join(' ')}`,
  )
}
