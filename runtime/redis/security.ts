/** How Redis is spoken to beyond its address: as whom, and whose certificates are trusted. */
import { type Environment, secretFrom, type TlsFiles, tlsFilesFrom } from '../credentials.ts'
import { ConfigError } from '../errors.ts'

export interface RedisSecurity {
  readonly username?: string
  readonly password?: string
  readonly tls?: TlsFiles
}

/**
 * REDIS_USERNAME, REDIS_PASSWORD or REDIS_PASSWORD_FILE, and for rediss:// REDIS_CA, REDIS_CERT, REDIS_KEY (PEM files).
 * Throws ConfigError REDIS_SECURITY where certificates are named for a connection that uses none.
 */
export function redisSecurityFrom(environment: Environment, url: string): RedisSecurity {
  const username = environment.REDIS_USERNAME
  const password = secretFrom(environment, 'REDIS_PASSWORD')
  const tls = tlsFilesFrom(environment, 'REDIS')
  const overTls = url.startsWith('rediss:')
  if (!overTls && Object.keys(tls).length > 0) {
    throw new ConfigError('REDIS_SECURITY', 'certificates are named, but the address of Redis does not ask for TLS', {
      hint: 'Let it begin with rediss://.',
    })
  }
  return { ...(username ? { username } : {}), ...(password ? { password } : {}), ...(overTls ? { tls } : {}) }
}
