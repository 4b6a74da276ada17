/**
 * Buckets that speak Amazon S3's protocol: what an s3: address means, and signatures (AWS Signature Version 4).
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { AwsV4Signer } from 'aws4fetch'
import { ConfigError } from '../runtime/errors.ts'

export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of credentials that expire. */
  readonly sessionToken?: string
}

/** How buckets are reached. Without credentials requests go unsigned, which public buckets allow. */
export interface S3Access {
  /** Where s3: addresses lead, bucket first in the path; Amazon's own servers where absent. */
  readonly endpoint?: URL
  readonly region: string
  readonly credentials?: S3Credentials
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Access from the variables that Amazon's own tools read; `chosen` (flags) wins over them. Throws ConfigError
 * S3_ENDPOINT, or S3_CREDENTIALS where one half of the credentials is missing.
 */
export function s3AccessFrom(
  environment: Environment,
  chosen: { readonly endpoint?: string | undefined; readonly region?: string | undefined } = {},
): S3Access {
  const set = (...names: string[]) =>
    names.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
  const endpoint = chosen.endpoint ?? set('AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL')
  const region = chosen.region ?? set('AWS_REGION', 'AWS_DEFAULT_REGION') ?? 'us-east-1'
  const credentials = credentialsOf(set('AWS_ACCESS_KEY_ID'), set('AWS_SECRET_ACCESS_KEY'), set('AWS_SESSION_TOKEN'))
  return {
    region,
    ...(endpoint !== undefined && { endpoint: endpointOf(endpoint) }),
    ...(credentials !== undefined && { credentials }),
  }
}

function credentialsOf(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): S3Credentials | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = accessKeyId === undefined ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY'
    throw new ConfigError('S3_CREDENTIALS', `${missing} is not set, but its other half is`, {
      hint: 'Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither for public buckets.',
    })
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
}

function endpointOf(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url
  throw new ConfigError('S3_ENDPOINT', `${endpoint} is no address of an S3 server`, {
    hint: 'Give a URL such as https://minio.example:9000, with --s3-endpoint or in AWS_ENDPOINT_URL.',
  })
}

/** A place in a bucket. */
export interface S3Place {
  /** The https: or http: address of the bucket itself, without a slash at its end. */
  readonly bucketUrl: string
  /** Without a slash at its beginning; decoded. */
  readonly key: string
  readonly region: string
}

/** The place that an s3: address, or the https: address of a bucket, means; undefined for any other address. */
export function s3PlaceOf(url: URL, access: S3Access): S3Place | undefined {
  if (url.protocol === 's3:') return ofBucket(url.hostname, keyOf(url.pathname), access)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  return ofAmazon(url) ?? ofEndpoint(url, access)
}

/** The address to ask for: that of an s3: address on its server, any other address as it is. */
export function webAddressOf(url: URL, access: S3Access): URL {
  if (url.protocol !== 's3:') return url
  const { bucketUrl, key } = ofBucket(url.hostname, keyOf(url.pathname), access)
  return new URL(`${bucketUrl}/${key.split('/').map(encodeURIComponent).join('/')}${url.search}`)
}

function keyOf(path: string): string {
  return path.replace(/^\//, '').split('/').map(decoded).join('/')
}

/** A part of a path without its percent signs; as it is where they are no encoding. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function ofBucket(bucket: string, key: string, { endpoint, region }: S3Access): S3Place {
  if (bucket === '') {
    throw new ConfigError('LOCATION_INVALID', 'the s3: address names no bucket', {
      hint: 'Give an address such as s3://bucket/folder/',
    })
  }
  if (endpoint !== undefined) return { bucketUrl: `${endpoint.href.replace(/\/$/, '')}/${bucket}`, key, region }
  // A certificate for *.s3.amazonaws.com covers no bucket name with dots.
  const bucketUrl = bucket.includes('.')
    ? `https://s3.${region}.amazonaws.com/${bucket}`
    : `https://${bucket}.s3.${region}.amazonaws.com`
  return { bucketUrl, key, region }
}

const amazonHost =
  /^(?:(?<bucket>.+)\.)?s3(?:[.-](?:dualstack\.)?(?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/

function ofAmazon(url: URL): S3Place | undefined {
  const match = amazonHost.exec(url.hostname)?.groups
  if (match === undefined) return undefined
  return inPathOrHost(url, match.bucket !== undefined, '', match.region ?? 'us-east-1')
}

function ofEndpoint(url: URL, { endpoint, region }: S3Access): S3Place | undefined {
  if (endpoint === undefined || url.protocol !== endpoint.protocol) return undefined
  const prefix = endpoint.pathname.replace(/\/$/, '')
  if (url.host === endpoint.host && url.pathname.startsWith(`${prefix}/`))
    return inPathOrHost(url, false, prefix, region)
  return url.host.endsWith(`.${endpoint.host}`) ? inPathOrHost(url, true, '', region) : undefined
}

function inPathOrHost(url: URL, inHost: boolean, prefix: string, region: string): S3Place | undefined {
  if (inHost) return { bucketUrl: url.origin, key: keyOf(url.pathname), region }
  const [bucket = '', ...key] = url.pathname.slice(prefix.length + 1).split('/')
  return bucket === ''
    ? undefined
    : { bucketUrl: `${url.origin}${prefix}/${bucket}`, key: keyOf(key.join('/')), region }
}

/**
 * The headers that sign a GET, none where the address is no bucket's, or carries a signature of its own, or there are no
 * credentials: a secret reaches only the servers that it is for. Only the host and Amazon's own headers are signed, so
 * that a proxy may change others.
 * @param at `YYYYMMDDTHHMMSSZ`; the present time where absent.
 */
export async function signatureFor(url: URL, access: S3Access, at?: string): Promise<Record<string, string>> {
  const { credentials } = access
  const place = s3PlaceOf(url, access)
  if (credentials === undefined || place === undefined || url.searchParams.has('X-Amz-Signature')) return {}
  const signer = new AwsV4Signer({
    ...credentials,
    url: url.href,
    service: 's3',
    region: place.region,
    ...(at !== undefined && { datetime: at }),
  })
  const { headers } = await signer.sign()
  return Object.fromEntries([...headers])
}

/** Answers of S3 that say that the credentials, not the address, are at fault. */
export const credentialFaults: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
])

/** The code in the body of a refusal, such as NoSuchKey. */
export function s3CodeOf(body: string): string | undefined {
  return /<Code>([A-Za-z0-9]+)<\/Code>/.exec(body)?.[1]
}
