import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const roots = [
  'cli',
  'confidence',
  'dataset',
  'dictionary',
  'evaluation',
  'language',
  'mirror',
  'model',
  'opensearch',
  'runtime',
  'search',
  'services',
  'wiki',
]

const consequences: Readonly<Record<string, string>> = {
  BadEventError: 'the event, or the part of it, goes to the dead-letter topic; work goes on',
  ConfigError: 'the command stops before or at the step, exit code 2',
  FatalError: 'the job stops, exit code 1; `--resume` goes on from the last commit',
  RetryableError: 'tried again with growing pauses, then as a FatalError',
}

interface Raised {
  readonly kind: string
  readonly files: Set<string>
  readonly messages: Set<string>
  readonly hints: Set<string>
}

/** Every error code in the sources: what follows from it, what it says, what to try, and where it is raised. */
export function errorsPage(root: string): string {
  const codes = new Map<string, Raised>()
  for (const file of roots.flatMap((folder) => sourcesBelow(root, folder)).sort()) {
    const text = readFileSync(join(root, file), 'utf8')
    if (/\b(?:BadEvent|Config|Fatal|Retryable)Error\(/.test(text)) collect(file, text, codes)
  }
  const sections = [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, raised]) => section(code, raised))
  return [
    '# Errors\n',
    'An error names its code, says what happened and where, what to try, and points to its paragraph here. Its class says what is',
    'done about it:\n',
    ...Object.entries(consequences).map(([kind, text]) => `- **${kind}**: ${text}.`),
    '',
    '`…` stands for what is named in the case at hand.\n',
    ...sections,
  ].join('\n')
}

function section(code: string, { kind, files, messages, hints }: Raised): string {
  return [
    `## ${code}\n`,
    ...[...messages].map((message) => `- ${message}`),
    ...[...hints].map((hint) => `- To try: ${hint}`),
    `\n${kind}, raised in ${[...files].map((file) => `\`${file}\``).join(', ')}.\n`,
  ].join('\n')
}

function collect(file: string, text: string, codes: Map<string, Raised>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text in consequences) {
      const [code, message, details] = node.arguments ?? []
      if (code && ts.isStringLiteral(code)) {
        const kind = node.expression.text
        const raised = codes.get(code.text) ?? { kind, files: new Set(), messages: new Set(), hints: new Set() }
        codes.set(code.text, raised)
        raised.files.add(file)
        addText(raised.messages, message)
        addText(raised.hints, details && hintOf(details))
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true))
}

function hintOf(details: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(details)) return undefined
  return details.properties.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === 'hint')?.initializer
}

/** Texts that stand in the source; what is put into them shows as an ellipsis, and what is made elsewhere not at all. */
function addText(to: Set<string>, expression: ts.Expression | undefined): void {
  if (!expression) return
  if (ts.isConditionalExpression(expression)) {
    addText(to, expression.whenTrue)
    addText(to, expression.whenFalse)
  } else if (ts.isStringLiteralLike(expression)) to.add(escaped(expression.text))
  else if (ts.isTemplateExpression(expression)) {
    const parts = [expression.head.text, ...expression.templateSpans.map(({ literal }) => `…${literal.text}`)]
    if (/\p{L}{2}/u.test(parts.join(''))) to.add(escaped(parts.join('')))
  }
}

/** What Markdown and the site's template language would take for markup. */
function escaped(text: string): string {
  return text.replace(/[<>[\]*_`{}|]/g, (letter) => `\\${letter}`).replaceAll('\n', ' ')
}

function sourcesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesBelow(root, path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}
