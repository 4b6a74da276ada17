/** The table of schemas as a registry names it. */
import { readFileSync } from 'node:fs'
import { fileOf, readPublished } from '../schemas/published.ts'
import type { Subject, VersionedSchema } from './schema-registry.ts'

/** A subject for each schema of the topology's topics and of the dead letters, with every published version. */
export function schemaSubjects(): Subject[] {
  const subjects = new Map<string, VersionedSchema[]>()
  for (const published of readPublished()) {
    const schema = readFileSync(fileOf(published), 'utf8')
    const { namespace, name } = JSON.parse(schema) as { readonly namespace: string; readonly name: string }
    const versions = subjects.get(`${namespace}.${name}`) ?? []
    subjects.set(`${namespace}.${name}`, [...versions, { id: published.id, version: published.version, schema }])
  }
  return [...subjects].map(([name, versions]) => ({ name, versions }))
}
