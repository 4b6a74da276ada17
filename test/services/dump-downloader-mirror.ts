/** A mirror on this machine that serves a folder well, and misbehaves where it is told to. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export interface Visit {
  readonly path: string
  /** First byte asked for; 0 without a Range header. */
  readonly start: number
  readonly range: string | undefined
  readonly ifRange: string | undefined
  readonly userAgent: string | undefined
  readonly acceptEncoding: string | undefined
  readonly authorization: string | undefined
  /** How many requests for this path came before. */
  readonly earlier: number
  readonly bytes: Buffer
  readonly etag: string
}

/** Answers in its own way, or returns false to let the mirror answer well. */
export type Fault = (visit: Visit, response: ServerResponse) => boolean | Promise<boolean>

export interface Mirror {
  readonly url: string
  readonly visits: Visit[]
  /** Path → bytes; may be changed while the mirror runs. */
  readonly files: Map<string, Buffer>
  /** Path, or the end of one → what goes wrong there. */
  readonly faults: Map<string, Fault>
  /** Most answers that were under way at once. */
  readonly busiest: () => number
  readonly close: () => Promise<void>
}

/** Serves the files of `folder` (dumps of one wiki by date) under /<wiki>/<date>/. */
export async function startMirror(t: TestContext, folder: URL, wiki: string): Promise<Mirror> {
  const files = new Map<string, Buffer>()
  for (const date of (await readdir(folder)).filter((name) => /^\d{8}$/.test(name))) {
    const dated = join(folder.pathname, date, wiki)
    for (const name of await readdir(dated)) files.set(`/${wiki}/${date}/${name}`, await readFile(join(dated, name)))
  }
  const mirror = await serveFiles(t, files)
  return { ...mirror, url: `${mirror.url}${wiki}/` }
}

/** Serves files by their paths, and listings of the folders as nginx writes them. */
export async function serveFiles(t: TestContext, files: Map<string, Buffer>): Promise<Mirror> {
  const visits: Visit[] = []
  const faults = new Map<string, Fault>()
  let underWay = 0
  let busiest = 0

  const listing = (folder: string) => {
    const below = [...files].filter(([path]) => path.startsWith(folder))
    const sizes = new Map(
      below.map(([path, { length }]) => {
        const [name = '', ...deeper] = path.slice(folder.length).split('/')
        return deeper.length > 0 ? [`${name}/`, '-'] : [name, `${length}`]
      }),
    )
    const links = [...sizes].map(
      ([name, size]) => `<a href="${encodeURI(name).replace('=', '%3D')}">${name}</a>   01-Sep-2026 10:00   ${size}`,
    )
    return links.length === 0
      ? undefined
      : Buffer.from(`<html><body><h1>Index</h1><pre><a href="../">../</a>\n${links.join('\n')}\n</pre></body></html>`)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://mirror').pathname
    const found = path.endsWith('/') ? listing(decodeURIComponent(path)) : files.get(decodeURIComponent(path))
    const bytes = found ?? Buffer.alloc(0)
    const visit: Visit = {
      path,
      start: Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0),
      range: request.headers.range,
      ifRange: request.headers['if-range']?.toString(),
      userAgent: request.headers['user-agent'],
      acceptEncoding: request.headers['accept-encoding']?.toString(),
      authorization: request.headers.authorization,
      earlier: visits.filter((earlier) => earlier.path === path).length,
      bytes,
      etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    }
    visits.push(visit)
    const fault = [...faults].find(([end]) => path.endsWith(end))?.[1]
    if (fault !== undefined && (await fault(visit, response))) return
    if (found === undefined) response.writeHead(404).end('not here')
    else serve(visit, response)
  }

  const server = createServer((request, response) => {
    busiest = Math.max(busiest, ++underWay)
    response.on('close', () => underWay--)
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  t.after(close)
  return { url: `http://127.0.0.1:${port}/`, visits, files, faults, busiest: () => busiest, close }
}

/** A good answer: the range if the file is still the same, the whole otherwise. */
export function serve({ start, range, ifRange, bytes, etag }: Visit, response: ServerResponse): void {
  const isRange = range !== undefined && (ifRange === undefined || ifRange === etag)
  if (isRange && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const from = isRange ? start : 0
  response.writeHead(isRange ? 206 : 200, {
    etag,
    'accept-ranges': 'bytes',
    'content-length': bytes.length - from,
    ...(isRange && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
  })
  response.end(bytes.subarray(from))
}

/** The headers of a good answer, and of the body no more than the bytes before `end` of the file. */
export function serveUntil(end: number, { start, range, bytes, etag }: Visit, response: ServerResponse): Promise<void> {
  response.writeHead(range === undefined ? 200 : 206, {
    etag,
    'content-length': bytes.length - start,
    ...(range !== undefined && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  })
  return new Promise((resolve) => response.write(bytes.subarray(start, Math.max(end, start)), () => resolve()))
}
