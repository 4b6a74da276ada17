#!/usr/bin/env node
// The command `naru`: makes the checkout ready where it is not, then hands over to the compiled command line.
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { helpFile, prepare } from './prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
prepare(root)
if (args.length === 1 && ['--help', '-h'].includes(args[0]) && existsSync(helpFile(root))) {
  process.stdout.write(readFileSync(helpFile(root)))
} else {
  // From Node 22.1 on: what was compiled once is not compiled at every start.
  module.enableCompileCache?.()
  const { mainProcess } = await import(new URL('../dist/cli/main.js', import.meta.url).href)
  // Not awaited: it reports failures itself, and a top-level await that never settles would end with Node's code 13.
  void mainProcess(args)
}
