/** docker-compose.yml as it is: what each container is told. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../../runtime/package-root.ts'

export interface ComposeService {
  readonly command: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly stop_grace_period?: string
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly secrets?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly deploy: { readonly resources: { readonly reservations: Readonly<Record<string, string>> } }
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

export function composeFile(): ComposeFile {
  return parse(readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8'), { merge: true })
}

export function composeServices(): ComposeFile['services'] {
  return composeFile().services
}
