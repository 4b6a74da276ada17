import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { packageRoot } from '../../runtime/package-root.ts'

/** What importing a file loads at once: files of ours, and packages. Types are erased, and `import()` waits for its call. */
function loadedBy(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const [files, packages] = [new Set<string>(), new Set<string>()]
  const visit = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    for (const statement of ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023).statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue
      if (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
        continue
      if (!statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) continue
      const name = statement.moduleSpecifier.text
      if (name.startsWith('.')) visit(join(dirname(file), name))
      else if (!name.startsWith('node:')) packages.add(name)
    }
  }
  visit(entry)
  return { files, packages }
}

test('naru --help loads commander and no other package, so that it is there at once (bench/cold-start.ts measures it)', () => {
  const { files, packages } = loadedBy(join(packageRoot, 'cli', 'main.ts'))
  assert.deepEqual([...packages], ['commander'])
  const folders = [...new Set([...files].map((file) => relative(packageRoot, dirname(file)).split('/')[0]))].sort()
  assert.deepEqual(folders, ['cli', 'model', 'runtime'])
})
