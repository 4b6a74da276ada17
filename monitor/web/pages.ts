/** The page and what it loads: plain modules and style sheets of this repository, libraries out of node_modules, nothing from elsewhere. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'

export const pagesFolder = join(packageRoot, 'monitor', 'pages')

const installed = createRequire(import.meta.url)

/** Files of libraries by the name that the page loads them under. */
export function vendorFile(name: string): { readonly folder: string; readonly file: string } | undefined {
  const place = vendorPlaces.get(name)
  if (!place) return undefined
  const path = place()
  return { folder: dirname(path), file: path.slice(dirname(path).length + 1) }
}

const besides = (module: string, ...path: string[]) => join(dirname(installed.resolve(module)), ...path)

const vendorPlaces = new Map<string, () => string>([
  ['preact.mjs', () => besides('preact/package.json', 'dist', 'preact.mjs')],
  ['hooks.mjs', () => besides('preact/package.json', 'hooks', 'dist', 'hooks.mjs')],
  ['htm.mjs', () => besides('htm', 'htm.mjs')],
  ['uplot.mjs', () => besides('uplot', 'uPlot.esm.js')],
  ['uplot.css', () => besides('uplot', 'uPlot.min.css')],
])

export const indexPage = readFileSync(join(pagesFolder, 'index.html'), 'utf8')

/** Names of the libraries in `import`, as the modules of the page write them; a browser takes them out of the page alone. */
const importMap = /<script type="importmap">([\s\S]*?)<\/script>/.exec(indexPage)?.[1] ?? ''

/** Scripts are files of this server and the import map, which the browser knows by its hash; nothing is evaluated. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
