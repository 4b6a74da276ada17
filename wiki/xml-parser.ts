import { createRequire } from 'node:module'
import type sax from 'sax'

let library: typeof sax | undefined

/**
 * A strict parser of sax, which is loaded when first wanted. By require: for an import Node would look for exports through
 * 50 KB of CommonJS, byte by byte, and optimise the search on the way, 0.1 s of processor time in each thread.
 */
export function xmlParser(): sax.SAXParser {
  library ??= createRequire(import.meta.url)('sax') as typeof sax
  return library.parser(true, { trim: false })
}
