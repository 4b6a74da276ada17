/**
 * The table of schemas in a registry that speaks Confluent's API (Confluent, Karapace, Redpanda, Apicurio at
 * /apis/ccompat/v7), for programs that read naru's topics by it. naru itself reads its own table (docs/decisions/0003), so
 * the ids must be the same there: a registry that has given them to other schemas is refused.
 */
import { ConfigError, type NaruError, RetryableError } from './errors.ts'

/** New readers read all that was ever written, which is what replays and compacted topics need. */
const compatibility = 'BACKWARD_TRANSITIVE'

export interface VersionedSchema {
  readonly id: number
  readonly version: number
  /** Avro, as JSON. */
  readonly schema: string
}

export interface Subject {
  /** Full name of the record: Confluent's RecordNameStrategy, for one schema serves several topics. */
  readonly name: string
  /** Every version, oldest first. */
  readonly versions: readonly VersionedSchema[]
}

export interface RegistryOptions {
  readonly url: string
  readonly username?: string
  readonly password?: string
  readonly signal?: AbortSignal
}

export interface Published {
  readonly subject: string
  readonly version: number
  readonly id: number
}

/** What a schema would break, in the registry's own words, as far as it has any (Apicurio has none). */
export interface Incompatible {
  readonly subject: string
  readonly version: number
  readonly messages: readonly string[]
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const timeoutMs = 30_000
const contentType = 'application/vnd.schemaregistry.v1+json'

export class SchemaRegistry {
  private readonly options: RegistryOptions

  constructor(options: RegistryOptions) {
    this.options = options
  }

  /** The newest version of each subject against everything that the registry has of it. */
  async check(subjects: readonly Subject[]): Promise<Incompatible[]> {
    const broken: Incompatible[] = []
    for (const { name, versions } of subjects) {
      const newest = versions.at(-1)
      if (!newest || !(await this.has(name))) continue
      await this.setCompatibility(name)
      const { status, body } = await this.call(
        'POST',
        `/compatibility/subjects/${encode(name)}/versions?verbose=true`,
        {
          schema: newest.schema,
        },
      )
      if (status !== 200) throw this.refused('checking', name, { status, body })
      if (body.is_compatible === true) continue
      const messages = Array.isArray(body.messages) ? body.messages.map(String) : []
      broken.push({ subject: name, version: newest.version, messages })
    }
    return broken
  }

  /**
   * Publishes every version under its own id; what is there already stays. Throws ConfigError REGISTRY_INCOMPATIBLE,
   * REGISTRY_IDS or REGISTRY_REFUSED, RetryableError REGISTRY_UNREACHABLE.
   */
  async publish(subjects: readonly Subject[]): Promise<Published[]> {
    const [broken] = await this.check(subjects)
    if (broken) {
      const { subject, version, messages } = broken
      throw new ConfigError('REGISTRY_INCOMPATIBLE', `version ${version} of ${subject} cannot read what is there`, {
        hint: `The registry says: ${messages.join('; ') || 'no more than that'}.`,
      })
    }
    // By id, so that a registry which numbers schemas itself comes to the same numbers.
    const all = subjects
      .flatMap(({ name, versions }) => versions.map((version) => ({ name, ...version })))
      .sort((a, b) => a.id - b.id || a.version - b.version)
    for (const { name } of subjects) await this.setMode(name, 'IMPORT')
    try {
      const published: Published[] = []
      for (const { name, id, version, schema } of all) {
        // Apicurio counts what it is sent: what is there must not be sent again, or later ids would be others.
        const there = await this.call('POST', `/subjects/${encode(name)}`, { schema })
        const answer =
          there.status === 200
            ? there
            : await this.call('POST', `/subjects/${encode(name)}/versions`, { schema, id, version })
        if (answer.status !== 200) throw this.refused('publishing', name, answer)
        if (answer.body.id !== id) throw this.otherId(name, version, id, answer.body.id)
        published.push({ subject: name, version, id })
      }
      for (const { name } of subjects) await this.setCompatibility(name)
      return published
    } finally {
      for (const { name } of subjects) await this.setMode(name, 'READWRITE')
    }
  }

  private async has(subject: string): Promise<boolean> {
    const answer = await this.call('GET', `/subjects/${encode(subject)}/versions`)
    if (answer.status === 200) return true
    if (answer.status === 404) return false
    throw this.refused('looking at', subject, answer)
  }

  /** Ids are given along in this mode of Confluent's registry; others take them as they come, and do not know modes. */
  private async setMode(subject: string, mode: 'IMPORT' | 'READWRITE'): Promise<void> {
    const answer = await this.call('PUT', `/mode/${encode(subject)}?force=true`, { mode })
    if (answer.status !== 200 && answer.status !== 404 && answer.status !== 405) {
      throw this.refused('setting the mode of', subject, answer)
    }
  }

  private async setCompatibility(subject: string): Promise<void> {
    const answer = await this.call('PUT', `/config/${encode(subject)}`, { compatibility })
    if (answer.status !== 200) throw this.refused('setting the compatibility of', subject, answer)
  }

  private async call(method: string, path: string, body?: object): Promise<Answer> {
    const { url, username, password, signal } = this.options
    const login = username === undefined ? {} : { authorization: basic(username, password ?? '') }
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
        method,
        headers: { accept: contentType, 'content-type': contentType, ...login },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        redirect: 'error',
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: parsed(await response.text()) }
    } catch (cause) {
      signal?.throwIfAborted()
      throw new RetryableError('REGISTRY_UNREACHABLE', `the schema registry at ${url} did not answer`, {
        hint: 'Its address ends where /subjects begins: for Apicurio with /apis/ccompat/v7.',
        cause,
      })
    }
  }

  private refused(doing: string, subject: string, { status, body }: Answer): NaruError {
    const said = typeof body.message === 'string' ? `: ${body.message}` : ''
    return new ConfigError(
      'REGISTRY_REFUSED',
      `the schema registry answered ${status} while ${doing} ${subject}${said}`,
      {
        hint:
          status === 401 || status === 403
            ? 'Check SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD or SCHEMA_REGISTRY_PASSWORD_FILE.'
            : 'Does --registry name the root of its API? That of Apicurio ends with /apis/ccompat/v7.',
      },
    )
  }

  private otherId(subject: string, version: number, ours: number, theirs: unknown): NaruError {
    return new ConfigError('REGISTRY_IDS', `version ${version} of ${subject} has id ${ours} in naru, ${theirs} there`, {
      hint: "The registry has other programs' schemas under naru's ids. Give naru one of its own, or a context of Confluent's.",
    })
  }
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function encode(subject: string): string {
  return encodeURIComponent(subject)
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
