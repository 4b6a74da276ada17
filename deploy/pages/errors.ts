import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const roots = [
  'chaos',
  'cli',
  'confidence',
  'dataset',
  'dictionary',
  'evaluation',
  'language',
  'mirror',
  'model',
  'monitor',
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
  readonly kinds: Set<string>
  readonly files: Set<string>
  readonly messages: Set<string>
  readonly hints: Set<string>
}

/** A function of a file that makes errors of the codes it is given; numbers of the parameters that it takes parts from. */
interface Maker {
  readonly kind: string
  readonly code: number
  readonly message: number
  /** Of every error that it makes, or the number of the parameter. */
  readonly hint: ts.Expression | number | undefined
}

/** Every error code in the sources: what follows from it, what it says, what to try, and where it is raised. */
export function errorsPage(root: string): string {
  const codes = new Map<string, Raised>()
  for (const file of roots.flatMap((folder) => sourcesBelow(root, folder)).sort()) {
    const text = readFileSync(join(root, file), 'utf8')
    if (/\bcode: '|\b(?:BadEvent|Config|Fatal|Retryable)Error\b/.test(text)) collect(file, text, codes)
  }
  const sections = [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, raised]) => section(code, raised))
  return [
    '# Errors\n',
    'An error names its code, says what happened and where, what to try, and points to its paragraph here. Its class says what is',
    'done about it:\n',
    ...Object.entries(consequences).map(([kind, text]) => `- **${kind}**: ${text}.`),
    '',
    'A code that is only told, as a remark, as the answer of a server or across a border of processes, names no class.',
    '`…` stands for what is named in the case at hand.\n',
    ...sections,
  ].join('\n')
}

function section(code: string, { kinds, files, messages, hints }: Raised): string {
  const places = [...files].map((file) => `\`${file}\``).join(', ')
  const end = kinds.size > 0 ? `${[...kinds].sort().join(' or ')}, raised in ${places}.` : `Told by ${places}.`
  return [
    `## ${code}\n`,
    ...[...messages].map((message) => `- ${message}`),
    ...[...hints].map((hint) => `- To try: ${hint}`),
    ...(messages.size + hints.size > 0 ? [''] : []),
    `${end}\n`,
  ].join('\n')
}

/** Codes of errors that are made on the spot, by a class of their own or by a function of the file, and of faults that are only told. */
function collect(file: string, text: string, codes: Map<string, Raised>): void {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  const makers = makersIn(source)
  const add = (code: ts.Node | undefined, kind?: string, message?: ts.Expression, hint?: ts.Expression): void => {
    if (code && ts.isConditionalExpression(code))
      for (const one of [code.whenTrue, code.whenFalse]) add(one, kind, message, hint)
    if (!code || !ts.isStringLiteral(code) || !/^[A-Z][A-Z0-9_]+$/.test(code.text)) return
    const fresh = {
      kinds: new Set<string>(),
      files: new Set<string>(),
      messages: new Set<string>(),
      hints: new Set<string>(),
    }
    const raised = codes.get(code.text) ?? fresh
    codes.set(code.text, raised)
    if (kind) raised.kinds.add(kind)
    raised.files.add(file)
    addText(raised.messages, message)
    addText(raised.hints, hint)
  }
  each(source, (node) => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text in consequences) {
      const [code, message, details] = node.arguments ?? []
      add(code, node.expression.text, message, hintOf(details))
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const [code, message, details] = node.arguments
      add(code, baseOf(node), message, hintOf(details))
    } else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const maker = makers.get(node.expression.text)
      const { arguments: given } = node
      const hint = typeof maker?.hint === 'number' ? given[maker.hint] : maker?.hint
      if (maker) add(given[maker.code], maker.kind, given[maker.message], hint)
    } else if (ts.isObjectLiteralExpression(node)) {
      add(propertyOf(node, 'code'), undefined, propertyOf(node, 'message'), propertyOf(node, 'hint'))
    }
  })
}

function makersIn(source: ts.SourceFile): Map<string, Maker> {
  const makers = new Map<string, Maker>()
  each(source, (node) => {
    if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression) || !(node.expression.text in consequences))
      return
    const [code, message, details] = node.arguments ?? []
    const around = ts.findAncestor(node, (one) => ts.isFunctionDeclaration(one) || ts.isArrowFunction(one))
    if (!code || !ts.isIdentifier(code) || !around) return
    const named = ts.isVariableDeclaration(around.parent) ? around.parent.name : around.name
    const numberOf = (part: ts.Expression | undefined) =>
      part ? around.parameters.findIndex(({ name }) => name.getText() === part.getText()) : -1
    if (!named || !ts.isIdentifier(named) || numberOf(code) < 0) return
    const hint = hintOf(details)
    const given = numberOf(hint)
    const kind = node.expression.text
    makers.set(named.text, { kind, code: numberOf(code), message: numberOf(message), hint: given < 0 ? hint : given })
  })
  return makers
}

/** Which of the four an error class of its own extends, at a call of `super` in it. */
function baseOf(call: ts.CallExpression): string | undefined {
  const [base] = ts.findAncestor(call, ts.isClassDeclaration)?.heritageClauses?.flatMap(({ types }) => types) ?? []
  const name = base?.expression.getText()
  return name !== undefined && name in consequences ? name : undefined
}

function hintOf(details: ts.Expression | undefined): ts.Expression | undefined {
  return details && ts.isObjectLiteralExpression(details) ? propertyOf(details, 'hint') : undefined
}

function propertyOf(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === key) return property.initializer
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === key) return property.name
  }
  return undefined
}

/** What a constant was set to, in the innermost block around its use that has one of the name. */
function settingOf(use: ts.Identifier): ts.Expression | undefined {
  for (let block: ts.Node = use; block; block = block.parent) {
    if (!ts.isBlock(block) && !ts.isSourceFile(block)) continue
    const constants = block.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
    const found = constants.find(({ name }) => name.getText() === use.text)
    if (found) return found.initializer
  }
  return undefined
}

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => each(child, visit))
}

/** Texts that stand in the source; what is put into them shows as an ellipsis, and what is made elsewhere not at all. */
function addText(to: Set<string>, expression: ts.Expression | undefined): void {
  if (!expression) return
  if (ts.isIdentifier(expression)) addText(to, settingOf(expression))
  else if (ts.isConditionalExpression(expression)) {
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
