import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { smallDump } from './small-dump.ts'

const isBuilt = existsSync(join(packageRoot, 'dist', 'wiki', 'index.js'))
const skip = isBuilt ? false : 'the package is not built: npm run build'
/** A project that has installed the package as npm packs it, with what it depends on and nothing else. */
const root = await mkdtemp(join(tmpdir(), 'naru-'))
after(() => rm(root, { recursive: true, force: true }))

before(async () => {
  if (!isBuilt) return
  // Without its scripts: the build is there, and tests that run beside this one use it.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  run(npm, ['pack', '--ignore-scripts', '--pack-destination', root], packageRoot)
  const tarball = (await readdir(root)).find((name) => name.endsWith('.tgz'))
  assert.ok(tarball !== undefined)
  run('tar', ['-xzf', tarball], root)
  await mkdir(join(root, 'node_modules'))
  await rename(join(root, 'package'), join(root, 'node_modules', 'naru'))
  const { packages } = JSON.parse(await readFile(join(packageRoot, 'package-lock.json'), 'utf8'))
  for (const [path, { dev }] of Object.entries<{ dev?: boolean }>(packages)) {
    // The types of Node are what a project in TypeScript has by itself. Nested ones come with the folder above.
    const isWanted = dev !== true || path === 'node_modules/@types/node'
    if (path === '' || path.indexOf('node_modules/', 1) > 0 || !isWanted || !existsSync(join(packageRoot, path)))
      continue
    await mkdir(dirname(join(root, path)), { recursive: true })
    await symlink(join(packageRoot, path), join(root, path), 'junction')
  }
})

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}

test('the package holds no other packages', { skip }, async () => {
  const files = await readdir(join(root, 'node_modules', 'naru'), { recursive: true })
  assert.deepEqual(
    files.filter((file) => file.includes('node_modules')),
    [],
  )
})

async function exampleOfDocs(): Promise<string> {
  const text = await readFile(join(packageRoot, 'docs', 'extract.md'), 'utf8')
  const [, example] = /<!-- example:[^>]*-->\n```js\n([\s\S]*?)```/.exec(text) ?? []
  assert.ok(example !== undefined, 'docs/extract.md has an example')
  return example
}

test('the example of docs/extract.md runs against the package as another project sees it', { skip }, async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  await copyFile(dump.file, join(root, basename(dump.file)))
  await writeFile(join(root, 'example.mjs'), await exampleOfDocs())
  const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: root, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  // Of 서울, 부산, C++, 대구 and 인천 the last two are too short for the quality asked for.
  assert.match(stdout, /^서울 35 도시\n[\s\S]*C\+\+ \d+ 언어\n[\s\S]*0 bad pages\n$/)
  assert.doesNotMatch(stdout, /인천|한양|목록/)
})

test('the command of the packed package makes articles, in worker threads and as Parquet', { skip }, async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const naru = join('node_modules', 'naru')
  const command = [join(naru, 'cli', 'bootstrap.mjs'), 'extract', '--quiet', '--workers', '2']
  const lines = run(process.execPath, [...command, '--fields', 'title', dump.file], root)
  assert.equal(lines.split('\n')[0], '{"title":"서울"}')
  const sample = join(naru, 'dataset', 'sample', '20260901', 'kowiki')
  run(process.execPath, [...command, '--out', 'articles.parquet', sample], root)
  assert.equal((await readFile(join(root, 'articles.parquet'))).toString('latin1', 0, 4), 'PAR1')
})

const typed = `
import { type Article, articles } from 'naru/wiki'
export async function titles(file: string): Promise<string[]> {
  const found: string[] = []
  for await (const { title, quality } of articles(file, { fields: ['title', 'quality'] })) found.push(title + quality.toFixed(1))
  for await (const article of articles(file)) {
    const whole: Article = article
    found.push(whole.lead)
    // @ts-expect-error quality is there only when it is asked for
    found.push(article.quality)
  }
  return found
}
`

test('the types say which fields an article has', { skip }, async (t) => {
  if (!existsSync(join(packageRoot, 'dist', 'wiki', 'index.d.ts'))) {
    t.skip('the package is built without types: npm run build')
    return
  }
  await writeFile(join(root, 'typed.mts'), typed)
  // Without the types of a browser, which cost half of the time and do not matter here.
  const platform = { module: 'nodenext', target: 'es2023', lib: ['es2023'], types: ['node'] }
  const compilerOptions = { ...platform, strict: true, noEmit: true }
  await writeFile(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.mts'] }))
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' })
  assert.equal(status, 0, stdout)
})
