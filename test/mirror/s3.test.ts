import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type S3Access, s3AccessFrom, s3PlaceOf, signatureFor, webAddressOf } from '../../mirror/s3.ts'
import { listingAddress, parseListing } from '../../mirror/s3-listing.ts'
import { ConfigError, FatalError, NaruError } from '../../runtime/errors.ts'
import { driveToEnd } from '../services/dump-downloader-drive.ts'
import { serveFiles } from '../services/dump-downloader-mirror.ts'
import { fetchByName, temporaryFolder } from './by-name.ts'

const sample = fileURLToPath(new URL('../../dataset/sample/', import.meta.url))
const articlesName = 'kowiki-20260901-pages-articles-multistream.xml.bz2'
const credentials = { accessKeyId: 'AKTEST', secretAccessKey: 'secret/with+signs' }

interface Bucket {
  readonly endpoint: string
  readonly access: S3Access
  readonly root: string
  /** What the server was asked, in order. */
  readonly said: { path: string; range: string | null; signed: boolean; fault: string | null }[]
}

/** A server with the sample's kowiki in `private` and `public`, that checks signatures by itself (in Python). */
async function startBuckets(t: TestContext): Promise<Bucket> {
  const root = await temporaryFolder(t)
  for (const bucket of ['private', 'public']) {
    for (const date of ['20260901', '20261001']) {
      await cp(join(sample, date, 'kowiki'), join(root, bucket, 'dumps of naru', 'kowiki', date), { recursive: true })
    }
  }
  const script = fileURLToPath(new URL('s3-server.py', import.meta.url))
  const { accessKeyId, secretAccessKey } = credentials
  const server = spawn(
    'python3',
    ['-W', 'ignore', script, root, accessKeyId, secretAccessKey, 'eu-north-1', 'public'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  t.after(() => server.kill())
  const lines = createInterface({ input: server.stdout })
  const [port] = await once(lines, 'line')
  const said: Bucket['said'] = []
  lines.on('line', (line) => said.push(JSON.parse(line)))
  const endpoint = `http://127.0.0.1:${port}`
  return { endpoint, root, said, access: { endpoint: new URL(endpoint), region: 'eu-north-1', credentials } }
}

const mirror = 's3://private/dumps of naru/'

test('the newest dump in a private bucket is found by its listing and fetched with signatures', async (t) => {
  const { access, said } = await startBuckets(t)
  const out = await temporaryFolder(t)
  const { fetched } = await fetchByName({ mirror, out, s3: access, request: { kinds: ['articles-multistream'] } })
  assert.equal(fetched.dump.date, '20261001')
  for (const { name, path } of fetched.files) {
    assert.deepEqual(await readFile(path), await readFile(join(sample, '20261001/kowiki', name)))
  }
  assert.ok(
    said.every(({ signed, fault }) => signed && fault === null),
    JSON.stringify(said),
  )
})

test('a bucket by its https: address, once the endpoint is known, is listed and signed too', async (t) => {
  const { access, endpoint } = await startBuckets(t)
  const by = { mirror: `${endpoint}/private/dumps of naru`, out: await temporaryFolder(t), s3: access }
  assert.equal((await fetchByName(by)).fetched.dump.date, '20261001')
})

test('public objects need no credentials, by s3: and by plain addresses', async (t) => {
  const { access, endpoint, said } = await startBuckets(t)
  const { credentials: _, ...open } = access
  const out = await temporaryFolder(t)
  const request = { kinds: ['langlinks', 'page'] }
  await fetchByName({ mirror: 's3://public/dumps of naru/', out, s3: open, request })
  const dated = { date: '20260901', ...request }
  const plain = { mirror: `${endpoint}/public/dumps%20of%20naru/`, s3: { region: 'us-east-1' }, request: dated }
  assert.equal((await fetchByName({ ...plain, out: await temporaryFolder(t) })).fetched.files.length, 2)
  assert.ok(said.every(({ signed }) => !signed))
})

test('a download from a bucket that was cut off goes on by Range', async (t) => {
  const { access, said, root } = await startBuckets(t)
  const out = await temporaryFolder(t)
  const part = join(out, 'kowiki/20260901', `${articlesName}.part`)
  const object = await readFile(join(root, 'private/dumps of naru/kowiki/20260901', articlesName))
  await mkdir(dirname(part), { recursive: true })
  await writeFile(part, object.subarray(0, 5000))
  const validator = `"${createHash('md5').update(object).digest('hex')}"`
  const url = `s3://private/dumps%20of%20naru/kowiki/20260901/${articlesName}`
  await writeFile(`${part}.json`, JSON.stringify({ url, validator }))
  const request = { date: '20260901', kinds: ['articles-multistream'] }
  const { fetched } = await fetchByName({ mirror, out, s3: access, request })
  assert.equal(said.find(({ path }) => path.endsWith(articlesName))?.range, 'bytes=5000-')
  assert.ok((await readFile(fetched.files[0]?.path ?? '')).equals(object))
})

for (const [name, change, code] of [
  ['a wrong secret', { credentials: { ...credentials, secretAccessKey: 'other' } }, 'SignatureDoesNotMatch'],
  ['an unknown key', { credentials: { ...credentials, accessKeyId: 'AKOTHER' } }, 'InvalidAccessKeyId'],
  ['a wrong region', { region: 'us-east-1' }, 'AuthorizationHeaderMalformed'],
] as const) {
  test(`${name} is named as the fault, with what to check`, async (t) => {
    const { access } = await startBuckets(t)
    const request = fetchByName({ mirror, out: await temporaryFolder(t), s3: { ...access, ...change } })
    await assert.rejects(request, (error: unknown) => {
      assert.ok(error instanceof FatalError)
      assert.equal(error.code, 'S3_CREDENTIALS')
      assert.match(error.message, new RegExp(code))
      assert.match(error.hint ?? '', /AWS_SECRET_ACCESS_KEY.*AWS_REGION/)
      assert.ok(!JSON.stringify([error, error.message]).includes(credentials.secretAccessKey))
      return true
    })
  })
}

test('a private bucket without credentials is refused as a folder that cannot be listed', async (t) => {
  const { access } = await startBuckets(t)
  const { credentials: _, ...open } = access
  await assert.rejects(fetchByName({ mirror, out: await temporaryFolder(t), s3: open }), (error: unknown) => {
    return error instanceof ConfigError && error.code === 'FOLDER_UNLISTED'
  })
})

test('the dump-downloader service takes the address of a dump in a bucket, with the credentials of its environment', async (t) => {
  const { endpoint, said } = await startBuckets(t)
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]))
  t.after(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  Object.assign(process.env, environment)
  const inputs = [{ language: 'ko', location: `${mirror}kowiki/latest/` }]
  const byBucket = await driveToEnd(await temporaryFolder(t), { inputs })
  const folder = [{ language: 'ko', location: join(sample, '20261001/kowiki') }]
  const byPath = await driveToEnd(await temporaryFolder(t), { inputs: folder })
  assert.deepEqual(byBucket.events, byPath.events)
  assert.ok(said.every(({ signed, fault }) => signed && fault === null))
})

test('a signature goes to the bucket only, not to where the bucket redirects', async (t) => {
  const elsewhere = await serveFiles(t, new Map())
  const seen: (string | undefined)[] = []
  const bucket = await serveFiles(t, new Map())
  bucket.faults.set('', ({ path }, response) => {
    response.writeHead(307, { location: `${elsewhere.url}${path.slice(1)}` }).end()
    return true
  })
  elsewhere.faults.set('', ({ authorization }) => {
    seen.push(authorization)
    return false
  })
  const s3 = { endpoint: new URL(bucket.url), region: 'us-east-1', credentials }
  const request = { date: '20260901' }
  await assert.rejects(fetchByName({ mirror: 's3://b/', out: await temporaryFolder(t), s3, request }), NaruError)
  assert.ok(bucket.visits.every(({ authorization }) => authorization?.startsWith('AWS4-HMAC-SHA256 ')))
  assert.ok(seen.length > 0)
  assert.deepEqual(new Set(seen), new Set([undefined]))
})

test('what a dump is fetched with is written nowhere', async (t) => {
  const { access } = await startBuckets(t)
  const out = await temporaryFolder(t)
  await fetchByName({ mirror, out, s3: access })
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const text = await readFile(join(entry.parentPath, entry.name), 'latin1')
    assert.ok(!text.includes(credentials.secretAccessKey) && !text.includes(credentials.accessKeyId), entry.name)
  }
})

const minio = new URL('https://minio.example:9000')

test('s3: addresses lead to Amazon by the name of the host, or to the endpoint by the path', () => {
  const address = (text: string, access: S3Access) => webAddressOf(new URL(text), access).href
  const plain = { region: 'eu-west-1' }
  assert.equal(address('s3://b/x/y%20z', plain), 'https://b.s3.eu-west-1.amazonaws.com/x/y%20z')
  assert.equal(address('s3://b.c.d/x', plain), 'https://s3.eu-west-1.amazonaws.com/b.c.d/x')
  assert.equal(address('s3://b/a=b+c', plain), 'https://b.s3.eu-west-1.amazonaws.com/a%3Db%2Bc')
  assert.equal(address('s3://b/x', { ...plain, endpoint: minio }), 'https://minio.example:9000/b/x')
  const below = new URL('https://host.example/storage/')
  assert.equal(address('s3://b/x', { ...plain, endpoint: below }), 'https://host.example/storage/b/x')
  assert.equal(address('https://host.example/x?y', plain), 'https://host.example/x?y')
})

test('addresses of buckets are known, virtual-hosted and path-style', () => {
  const place = (text: string, access: S3Access = { region: 'eu-west-1' }) => s3PlaceOf(new URL(text), access)
  for (const [text, bucketUrl, key, region] of [
    ['https://b.s3.eu-north-1.amazonaws.com/x/y', 'https://b.s3.eu-north-1.amazonaws.com', 'x/y', 'eu-north-1'],
    ['https://b.c.s3.amazonaws.com/x', 'https://b.c.s3.amazonaws.com', 'x', 'us-east-1'],
    ['https://s3.eu-north-1.amazonaws.com/b/x/', 'https://s3.eu-north-1.amazonaws.com/b', 'x/', 'eu-north-1'],
    ['https://s3-us-west-2.amazonaws.com/b/x', 'https://s3-us-west-2.amazonaws.com/b', 'x', 'us-west-2'],
    [
      'https://b.s3.dualstack.us-gov-west-1.amazonaws.com/',
      'https://b.s3.dualstack.us-gov-west-1.amazonaws.com',
      '',
      'us-gov-west-1',
    ],
    ['https://s3.cn-north-1.amazonaws.com.cn/b/x', 'https://s3.cn-north-1.amazonaws.com.cn/b', 'x', 'cn-north-1'],
  ] as const) {
    assert.deepEqual(place(text), { bucketUrl, key, region }, text)
  }
  const access = { region: 'r', endpoint: minio }
  assert.equal(place('https://minio.example:9000/b/x', access)?.key, 'x')
  assert.equal(place('https://b.minio.example:9000/x', access)?.bucketUrl, 'https://b.minio.example:9000')
  for (const other of [
    'https://minio.example/b/x',
    'http://minio.example:9000/b/x',
    'https://evil-minio.example:9000/x',
  ]) {
    assert.equal(place(other, access), undefined, other)
  }
  assert.equal(place('https://dumps.wikimedia.org/kowiki/'), undefined)
  assert.equal(place('https://s3.amazonaws.com.evil.example/b/x'), undefined)
  assert.equal(place('https://notamazonaws.com/b/x'), undefined)
})

test('the environment is read as Amazon’s own tools read it, and flags win', () => {
  assert.deepEqual(s3AccessFrom({}), { region: 'us-east-1' })
  const environment = {
    AWS_ENDPOINT_URL: 'http://general:1',
    AWS_ENDPOINT_URL_S3: 'http://special:1',
    AWS_REGION: '',
    AWS_DEFAULT_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'S',
    AWS_SESSION_TOKEN: 'T',
  }
  const access = s3AccessFrom(environment)
  assert.equal(access.endpoint?.host, 'special:1')
  assert.equal(access.region, 'eu-west-3')
  assert.deepEqual(access.credentials, { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' })
  assert.equal(s3AccessFrom(environment, { endpoint: 'http://flag:1', region: 'x' }).endpoint?.host, 'flag:1')
  for (const [wrong, code] of [
    [{ AWS_ACCESS_KEY_ID: 'A' }, 'S3_CREDENTIALS'],
    [{ AWS_SECRET_ACCESS_KEY: 'S' }, 'S3_CREDENTIALS'],
    [{ AWS_ENDPOINT_URL: 'minio:9000' }, 'S3_ENDPOINT'],
  ] as const) {
    assert.throws(
      () => s3AccessFrom(wrong),
      (error) => error instanceof ConfigError && error.code === code,
    )
  }
})

test('an address with a signature of its own is not signed again', async () => {
  const access = { region: 'eu-west-1', credentials }
  const url = 'https://b.s3.eu-west-1.amazonaws.com/x'
  assert.deepEqual(await signatureFor(new URL(`${url}?X-Amz-Signature=1`), access), {})
  assert.deepEqual(await signatureFor(new URL('https://example.org/x'), access), {})
  const { authorization, ...others } = await signatureFor(new URL(url), {
    ...access,
    credentials: { ...credentials, sessionToken: 'T' },
  })
  assert.match(
    authorization ?? '',
    /eu-west-1\/s3\/aws4_request.*SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token/,
  )
  assert.equal(others['x-amz-security-token'], 'T')
})

test('listings are taken apart, with signs that XML escapes, and go on where they say so', () => {
  const xml = `<?xml version="1.0"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>true</IsTruncated>
    <NextContinuationToken>a+/=</NextContinuationToken><Contents><Key>a&amp;b&#39;.bz2</Key><Size>12</Size></Contents>
    <CommonPrefixes><Prefix>k/</Prefix></CommonPrefixes></ListBucketResult>`
  assert.deepEqual(parseListing(xml), {
    objects: [{ key: "a&b'.bz2", bytes: 12 }],
    prefixes: ['k/'],
    continuation: 'a+/=',
  })
  assert.equal(parseListing('<html>'), undefined)
  const { search } = listingAddress('https://h/b', 'x y/', 'a+/=')
  assert.equal(search, '?continuation-token=a%2B%2F%3D&delimiter=%2F&list-type=2&prefix=x%20y%2F')
})
