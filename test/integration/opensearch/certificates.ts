/** Certificates by openssl: an authority of our own and what it signs. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Authority {
  /** PEM file of its certificate. */
  readonly file: string
  sign(name: string, alternativeNames: string, days: number): Promise<Signed>
}

export interface Signed {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: Buffer
  readonly key: Buffer
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** @param folder where its files go, which must not hold another authority of the name. */
export async function createAuthority(folder: string, name: string): Promise<Authority> {
  const [file, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
  await run('openssl', [
    'req',
    '-x509',
    ...newKey,
    '-subj',
    `/CN=${name}`,
    '-days',
    '2',
    '-keyout',
    keyFile,
    '-out',
    file,
  ])
  return {
    file,
    // 0 days: a certificate that has expired when it is used.
    sign: async (owner, alternativeNames, days) => {
      const part = (ending: string) => join(folder, `${name}-${owner}.${ending}`)
      writeFileSync(part('ext'), `subjectAltName=${alternativeNames}\n`)
      await run('openssl', ['req', ...newKey, '-subj', `/CN=${owner}`, '-keyout', part('key'), '-out', part('csr')])
      await run('openssl', [
        ...['x509', '-req', '-in', part('csr'), '-CA', file, '-CAkey', keyFile, '-CAcreateserial'],
        ...['-days', String(days), '-extfile', part('ext'), '-out', part('pem')],
      ])
      const [certFile, ownKeyFile] = [part('pem'), part('key')]
      return { certFile, keyFile: ownKeyFile, cert: readFileSync(certFile), key: readFileSync(ownKeyFile) }
    },
  }
}
