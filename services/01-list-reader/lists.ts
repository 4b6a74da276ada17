/** Opens existing lists: their forms, the order of their terms, and the names under which evidence refers to them. */
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { sep } from 'node:path'
import type { LanguagePair } from '../../language/pair.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { linesOf } from '../../wiki/lines.ts'
import { Direction } from './direction.ts'
import { jsonRows } from './json-list.ts'
import { lineRows } from './line-list.ts'
import type { Read } from './rows.ts'

const sniffedBytes = 4096

/**
 * The rows of a list, the term of the first language first. JSON is told by the file's name or its first letter; all else
 * is lines. Throws ConfigError LIST_UNREADABLE or LIST_MALFORMED.
 */
export async function* rowsOf(file: string, languages: LanguagePair): AsyncIterable<Read> {
  const head = await headOf(file)
  const isJson = /\.json$/i.test(file) || /^\ufeff?\s*[{[]/.test(head)
  const rows = (): AsyncIterable<Read> =>
    isJson ? rowsOfJson(file) : lineRows(linesOf(createReadStream(file)), languages)
  const direction = new Direction(languages)
  const usual = await direction.usual(rows())
  for await (const row of rows()) yield direction.turned(row, usual)
}

async function* rowsOfJson(file: string): AsyncIterable<Read> {
  yield* jsonRows((await readFile(file, 'utf8')).replace(/^\ufeff/, ''), file)
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new ConfigError('LIST_UNREADABLE', 'the existing list cannot be read', {
      at: { file },
      hint: 'Is the path right, and may this user read the file?',
      cause,
    })
  }
}

/** The shortest ends of the paths that tell them apart: mostly the file names. Throws ConfigError LIST_REPEATED. */
export function namesOf(files: readonly string[]): string[] {
  const repeated = files.find((file, at) => files.indexOf(file) !== at)
  if (repeated !== undefined) {
    throw new ConfigError('LIST_REPEATED', 'an existing list is named twice', {
      at: { file: repeated },
      hint: 'Name it once.',
    })
  }
  const endOf = (file: string, parts: number) => file.split(sep).slice(-parts).join('/')
  return files.map((file) => {
    let parts = 1
    while (files.some((other) => other !== file && endOf(other, parts) === endOf(file, parts))) parts++
    return endOf(file, parts)
  })
}
