/** The published versions of the schemas: which there are, and where they lie. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../runtime/package-root.ts'

export interface PublishedSchema {
  /** What an event carries. */
  readonly id: number
  readonly name: string
  readonly version: number
}

export const versionsFolder = join(packageRoot, 'schemas', 'versions')
export const indexFile = join(versionsFolder, 'index.json')

/** The repository's own table, oldest first; empty before the first version. */
export function readPublished(): PublishedSchema[] {
  return existsSync(indexFile) ? JSON.parse(readFileSync(indexFile, 'utf8')) : []
}

/** Where a version lies, self-contained. */
export function fileOf({ name, version }: PublishedSchema): string {
  return join(versionsFolder, `${name}.v${version}.avsc`)
}
