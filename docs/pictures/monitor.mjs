/**
 * Takes the pictures of the monitor: node docs/pictures/monitor.mjs <address of a running monitor>. Needs chromium and a Korean font
 * (apt: chromium fonts-noto-cjk). The pipeline is taken while naru run --monitor is at work, on dumps that keep it busy for a minute (as
 * bench/synthetic-dump.ts makes them), as soon as something holds the others up; the rest when a run of the sample is done.
 */
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [address, ...only] = process.argv.slice(2)
if (!address) {
  console.error('node docs/pictures/monitor.mjs <address of a running monitor> [picture …]')
  process.exit(2)
}
const screen = { width: 1440, height: 900 }
/** Until there is something to see: a bottleneck, and some edges that carry something. */
const atWork = async (page) => {
  const flowing = page.locator('.graph:has(.is-bottleneck) .edge.flows')
  await flowing.nth(4).waitFor({ timeout: 300_000 })
}
const pictures = [
  { name: 'monitor-pipeline', section: 'pipeline', viewport: screen, colorScheme: 'light', prepare: atWork },
  { name: 'monitor-dark', section: 'pipeline', viewport: screen, colorScheme: 'dark', prepare: atWork },
  {
    name: 'monitor-search',
    section: `search/${encodeURIComponent('인공지능')}`,
    viewport: screen,
    colorScheme: 'light',
  },
  {
    name: 'monitor-training',
    section: 'training',
    viewport: screen,
    colorScheme: 'light',
    // Beside the run before it, where there is one.
    prepare: async (page) => {
      await page.getByRole('slider').fill('0.6')
      const others = page.getByRole('checkbox')
      if ((await others.count()) > 0) await others.first().check()
      await page.getByRole('heading', { name: 'Training' }).click()
    },
  },
  {
    name: 'monitor-course',
    section: 'training',
    viewport: screen,
    colorScheme: 'light',
    of: (page) => page.locator('section', { has: page.getByRole('heading', { name: 'Course of the scores' }) }),
  },
  {
    name: 'monitor-synonyms',
    section: `synonyms/${encodeURIComponent('수학')}`,
    viewport: screen,
    colorScheme: 'light',
  },
  {
    name: 'monitor-phone',
    section: 'pipeline',
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'ko-KR',
    prepare: atWork,
  },
]

const executablePath = process.env.NARU_CHROMIUM ?? '/usr/bin/chromium'
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args })
for (const { name, section, prepare, of = (page) => page, ...options } of pictures) {
  if (only.length > 0 && !only.includes(name)) continue
  const page = await browser.newPage({ locale: 'en-US', ...options })
  await page.goto(`${address}#/${section}`)
  await page.locator('main .card').first().waitFor()
  await prepare?.(page)
  if (prepare !== atWork) await page.waitForTimeout(4_000)
  await of(page).screenshot({ path: join(import.meta.dirname, `${name}.png`) })
  await page.close()
}
await browser.close()
