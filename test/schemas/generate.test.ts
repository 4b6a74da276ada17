import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-schemas-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** A checkout with nothing but the schemas and what generates from them. */
function checkout(name: string): string {
  const folder = join(root, name)
  mkdirSync(join(folder, 'runtime'), { recursive: true })
  for (const path of ['package.json', 'topology.ts', 'runtime/package-root.ts', 'schemas']) {
    cpSync(join(packageRoot, path), join(folder, path), { recursive: true })
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function addField(folder: string, field: object): void {
  const file = join(folder, 'schemas/PageName.avsc')
  const schema = JSON.parse(readFileSync(file, 'utf8'))
  schema.fields.push(field)
  writeFileSync(file, JSON.stringify(schema))
}

function generate(folder: string, ...args: string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'schemas/generate.ts', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
}

function versionsIn(folder: string): { id: number; name: string; version: number }[] {
  return JSON.parse(readFileSync(join(folder, 'schemas/versions/index.json'), 'utf8'))
}

function latestOf(folder: string, schema: string): number {
  return Math.max(...versionsIn(folder).flatMap(({ name, version }) => (name === schema ? [version] : [])))
}

test('the committed types and versions are those of the schemas', () => {
  assert.equal(generate(checkout('committed'), '--check').status, 0)
})

test('a field without a default is refused: the last version could not be read any more', () => {
  const folder = checkout('incompatible')
  addField(folder, { name: 'mood', type: 'string', doc: 'New.' })
  for (const args of [[], ['--check']]) {
    const { status, stderr } = generate(folder, ...args)
    assert.notEqual(status, 0)
    assert.match(stderr, /PageName\.avsc cannot read version \d+: .*mood/)
  }
})

test('a field with a default becomes the next version under an id of its own, and until then the check fails', () => {
  const folder = checkout('compatible')
  const before = latestOf(folder, 'PageName')
  addField(folder, { name: 'mood', type: 'string', doc: 'New.', default: '' })
  assert.match(generate(folder, '--check').stderr, /run: npm run generate/)
  assert.equal(generate(folder).status, 0)
  assert.equal(generate(folder, '--check').status, 0)
  const versions = versionsIn(folder)
  assert.equal(versions.at(-1)?.name, 'PageName')
  assert.equal(latestOf(folder, 'PageName'), before + 1)
  assert.equal(new Set(versions.map(({ id }) => id)).size, versions.length)
  assert.match(readFileSync(join(folder, 'schemas/types.ts'), 'utf8'), /readonly mood: string/)
})
