/**
 * Who may look and who may act. Without a token the monitor is for the people of this machine: it listens on the loopback alone,
 * shows everything and changes nothing. With one, everything asks for it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

export const cookieName = 'naru_monitor'

export interface Request {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

export class Access {
  private readonly token: string | undefined
  private readonly host: string
  /** Of this process: a cookie of an earlier one asks for the token again. */
  private readonly sessionKey = randomBytes(32)

  /** @param host that the server listens on. */
  constructor(token: string | undefined, host: string) {
    this.token = token
    this.host = host
  }

  get needsToken(): boolean {
    return this.token !== undefined
  }

  /** On the loopback a name that is not of the loopback is a page elsewhere that had its name point here (DNS rebinding). */
  isKnownHost({ headers }: Request): boolean {
    return !isLoopback(this.host) || isLoopback(hostIn(headers.host ?? ''))
  }

  mayLook(request: Request): boolean {
    return this.token === undefined || this.hasToken(request)
  }

  /** Never without a token; by cookie only from a page of our own. */
  mayAct(request: Request): boolean {
    if (this.token === undefined) return false
    return this.hasBearer(request) || (this.hasCookie(request) && isFromOwnPage(request))
  }

  accepts(token: string): boolean {
    return this.token !== undefined && isSame(token, this.token)
  }

  /** Value of the cookie for one who has given the token. */
  session(): string {
    return createHmac('sha256', this.sessionKey)
      .update(this.token ?? '')
      .digest('base64url')
  }

  private hasToken(request: Request): boolean {
    return this.hasBearer(request) || this.hasCookie(request)
  }

  private hasBearer({ headers }: Request): boolean {
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    return bearer !== undefined && this.accepts(bearer)
  }

  private hasCookie({ headers }: Request): boolean {
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
    return pairs.some(([name, value]) => name === cookieName && isSame(value ?? '', this.session()))
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isFromOwnPage({ headers }: Request): boolean {
  const { origin, host } = headers
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

function hostIn(header: string): string {
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '') : header
}

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
