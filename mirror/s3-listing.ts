/** Listings of buckets: ListObjectsV2, https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */

export interface S3Listing {
  /** Keys and sizes of the objects right in the folder. */
  readonly objects: readonly { readonly key: string; readonly bytes: number }[]
  /** Prefixes of the folders in it, with the slash at their end. */
  readonly prefixes: readonly string[]
  /** Asks for the rest; undefined at the end. */
  readonly continuation: string | undefined
}

/** The address of a listing (ListObjectsV2) of the folder whose keys begin with `prefix`. */
export function listingAddress(bucketUrl: string, prefix: string, continuation: string | undefined): URL {
  const url = new URL(`${bucketUrl}/`)
  // A space as %20: as + the signature's canonical form would differ from what is sent.
  const query = [
    ...(continuation === undefined ? [] : [['continuation-token', continuation] as const]),
    ['delimiter', '/'],
    ['list-type', '2'],
    ['prefix', prefix],
  ]
  url.search = query.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')
  return url
}

/** Takes the answer to a listing apart; undefined where it is none. */
export function parseListing(xml: string): S3Listing | undefined {
  if (!/<ListBucketResult[\s>]/.test(xml)) return undefined
  const all = (text: string, tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map((match) => match[1] ?? '')
  const one = (text: string, tag: string) => unescaped(all(text, tag)[0] ?? '')
  return {
    objects: all(xml, 'Contents').map((object) => ({ key: one(object, 'Key'), bytes: Number(one(object, 'Size')) })),
    prefixes: all(xml, 'CommonPrefixes').map((prefix) => one(prefix, 'Prefix')),
    continuation: one(xml, 'IsTruncated') === 'true' ? one(xml, 'NextContinuationToken') : undefined,
  }
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(?:(lt|gt|quot|apos|amp)|#(\d+)|#x([0-9a-fA-F]+));/g, (_, name, decimal, hex) =>
    name === undefined
      ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      : (entities[name] ?? ''),
  )
}
