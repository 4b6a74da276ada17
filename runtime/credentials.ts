/**
 * What servers want to see before they answer, from the environment alone, so that no shell history and no process list has
 * it: `<PREFIX>_CA`, `_CERT` and `_KEY` name PEM files, and a secret `<NAME>` may lie in the file that `<NAME>_FILE` names, as
 * Docker and Kubernetes hand secrets out.
 */
import { readFileSync } from 'node:fs'
import { ConfigError } from './errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** PEM texts for a TLS connection; without `ca` the certificates that Node trusts are asked. */
export interface TlsFiles {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** Throws ConfigError CREDENTIALS_UNREADABLE or CREDENTIALS_INCOMPLETE, which name the variable and never its value. */
export function tlsFilesFrom(environment: Environment, prefix: string): TlsFiles {
  const read = (part: 'ca' | 'cert' | 'key'): TlsFiles => {
    const variable = `${prefix}_${part.toUpperCase()}`
    const file = environment[variable]
    return file ? { [part]: readText(variable, file) } : {}
  }
  const files = { ...read('ca'), ...read('cert'), ...read('key') }
  if ((files.cert === undefined) === (files.key === undefined)) return files
  const missing = files.cert === undefined ? 'CERT' : 'KEY'
  throw new ConfigError('CREDENTIALS_INCOMPLETE', `${prefix}_${missing} is missing`, {
    hint: 'A client certificate and its key go together.',
  })
}

/** The secret in `name`, or in the file that `<name>_FILE` names, less a line break at its end; undefined where neither is set. */
export function secretFrom(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`]
  return environment[name] || (file ? readText(`${name}_FILE`, file).replace(/\r?\n$/, '') : undefined)
}

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError('CREDENTIALS_UNREADABLE', `the file that ${variable} names cannot be read`, {
      at: { file },
      hint: `Is the path in ${variable} right, and may this user read the file?`,
      cause,
    })
  }
}
