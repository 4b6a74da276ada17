import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const roots = [
  'cli',
  'dataset',
  'dictionary',
  'language',
  'mirror',
  'model',
  'opensearch',
  'runtime',
  'search',
  'services',
  'wiki',
]
const thrown = /new (BadEventError|ConfigError|FatalError|RetryableError)\(\s*'([A-Z0-9_]+)'/g

const consequences: Readonly<Record<string, string>> = {
  BadEventError: 'the event, or the part of it, goes to the dead-letter topic; work goes on',
  ConfigError: 'the command stops before or at the step, exit code 2',
  FatalError: 'the job stops, exit code 1; `--resume` goes on from the last commit',
  RetryableError: 'tried again with growing pauses, then as a FatalError',
}

/** Every error code in the sources, with what follows from it and where it is raised. */
export function errorsPage(root: string): string {
  const codes = new Map<string, { kind: string; files: Set<string> }>()
  for (const file of roots.flatMap((folder) => sourcesBelow(root, folder)).sort()) {
    for (const [, kind = '', code = ''] of readFileSync(join(root, file), 'utf8').matchAll(thrown)) {
      const known = codes.get(code) ?? { kind, files: new Set() }
      known.files.add(file)
      codes.set(code, known)
    }
  }
  const rows = [...codes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { kind, files }]) => `| \`${code}\` | ${kind} | ${[...files].map((file) => `\`${file}\``).join(', ')} |`,
    )
  return [
    '# Errors\n',
    'The class of an error says what is done about it:\n',
    ...Object.entries(consequences).map(([kind, text]) => `- **${kind}**: ${text}.`),
    '\n| code | class | raised in |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function sourcesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesBelow(root, path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}
