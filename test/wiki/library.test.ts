import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { folder } from './fixtures.ts'
import { smallDump } from './small-dump.ts'

/** A project that depends on the package as it is built; undefined and the test is skipped where it is not. */
async function project(t: TestContext): Promise<string | undefined> {
  if (!existsSync(join(packageRoot, 'dist', 'wiki', 'index.js'))) {
    t.skip('the package is not built: npm run build')
    return undefined
  }
  const root = await folder(t)
  await mkdir(join(root, 'node_modules', '@types'), { recursive: true })
  await symlink(packageRoot, join(root, 'node_modules', 'naru'), 'junction')
  const types = join('node_modules', '@types', 'node')
  await symlink(join(packageRoot, types), join(root, types), 'junction')
  return root
}

async function exampleOfDocs(): Promise<string> {
  const text = await readFile(join(packageRoot, 'docs', 'extract.md'), 'utf8')
  const [, example] = /<!-- example:[^>]*-->\n```js\n([\s\S]*?)```/.exec(text) ?? []
  assert.ok(example !== undefined, 'docs/extract.md has an example')
  return example
}

test('the example of docs/extract.md runs against the package as another project sees it', async (t) => {
  const dump = await smallDump(t)
  const root = await project(t)
  if (dump === undefined || root === undefined) return
  await copyFile(dump.file, join(root, basename(dump.file)))
  await writeFile(join(root, 'example.mjs'), await exampleOfDocs())
  const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: root, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  // Of 서울, 부산, C++, 대구 and 인천 the last two are too short for the quality asked for.
  assert.match(stdout, /^서울 35 도시\n[\s\S]*C\+\+ \d+ 언어\n[\s\S]*0 bad pages\n$/)
  assert.doesNotMatch(stdout, /인천|한양|목록/)
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

test('the types say which fields an article has', async (t) => {
  const root = await project(t)
  if (root === undefined) return
  if (!existsSync(join(packageRoot, 'dist', 'wiki', 'index.d.ts'))) {
    t.skip('the package is built without types: npm run build')
    return
  }
  await writeFile(join(root, 'typed.mts'), typed)
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] }
  await writeFile(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.mts'] }))
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' })
  assert.equal(status, 0, stdout)
})
