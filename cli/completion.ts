/** Completion for bash, zsh and fish, out of the tree of commands: what --help knows, a shell knows too. */
import type { Argument, Command, Option } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A script that the shell reads: it completes commands, options, and values where there is a choice; files otherwise. */
export function completionOf(naru: Command, shell: Shell): string {
  const writers = { bash: bashScript, zsh: zshScript, fish: fishScript }
  return writers[shell](nodesOf(naru, []))
}

interface Node {
  /** Words after `naru`, such as ['synonyms', 'explain']; empty for naru itself. */
  readonly path: readonly string[]
  readonly children: readonly { readonly name: string; readonly about: string }[]
  readonly options: readonly CompletedOption[]
  /** Choices of the arguments together; a file may follow where there are none. */
  readonly values: readonly string[]
}

interface CompletedOption {
  /** `--out`, or `-k` where it has no long name. */
  readonly name: string
  readonly about: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
}

function nodesOf(command: Command, path: readonly string[]): readonly Node[] {
  const node: Node = {
    path,
    children: command.commands.map((child) => ({ name: child.name(), about: firstLine(child.description()) })),
    options: [...command.createHelp().visibleOptions(command)].map(completed),
    values: command.registeredArguments.flatMap((argument: Argument) => argument.argChoices ?? []),
  }
  return [node, ...command.commands.flatMap((child) => nodesOf(child, [...path, child.name()]))]
}

function completed({ long, short, description, required, optional, argChoices }: Option): CompletedOption {
  return {
    name: long ?? short ?? '',
    about: firstLine(description),
    takesValue: required || optional,
    choices: argChoices ?? [],
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

/** Within single quotes of any of the three. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const pathKey = (path: readonly string[]): string => path.join(' ')

/** Walks the words to the deepest command, then offers what follows there. Works in bash 3.2, which macOS has. */
function bashScript(nodes: readonly Node[]): string {
  const words = nodes.map(
    ({ path, children, options, values }) =>
      `    ${quoted(pathKey(path))}) words=${quoted([...children.map(({ name }) => name), ...values, ...options.map(({ name }) => name)].join(' '))} ;;`,
  )
  const paths = nodes.filter(({ path }) => path.length > 0).map(({ path }) => quoted(pathKey(path)))
  const choices = nodes.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ name, choices: of }) =>
          `    ${quoted(`${pathKey(path)}:${name}`)}) words=${quoted(of.join(' '))} value=1 ;;`,
      ),
  )
  return `# bash completion of naru; made by: naru completion bash
_naru() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word words='' value='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case "\${command:+$command }$word" in
    ${paths.join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  case "$command:$previous" in
${choices.join('\n')}
  esac
  if [ -z "$value" ]; then
    case "$command" in
${words.join('\n')}
    esac
  fi
  COMPREPLY=()
  while IFS='' read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
}
complete -o default -F _naru naru
`
}

/** zsh's own _arguments and _describe, a function a command. */
function zshScript(nodes: readonly Node[]): string {
  const functions = nodes.map((node) => {
    const specs = [...node.options.map(zshOption), ...zshArguments(node)]
    const lines = [`${zshName(node.path)}() {`, '  local line state', `  _arguments -C ${specs.join(' \\\n    ')}`]
    if (node.children.length > 0) {
      const described = node.children.map(({ name, about }) => quoted(`${name}:${about}`))
      lines.push(
        '  case $state in',
        `  command) local -a commands; commands=(${described.join(' ')}); _describe command commands${node.path.length === 0 ? '' : '; _files'} ;;`,
        '  rest)',
        '    case $line[1] in',
        ...node.children.map(({ name }) => `    ${name}) ${zshName([...node.path, name])} ;;`),
        '    *) _files ;;',
        '    esac ;;',
        '  esac',
      )
    }
    return [...lines, '}'].join('\n')
  })
  return `#compdef naru
# zsh completion of naru; made by: naru completion zsh
${functions.join('\n')}
if [ "$funcstack[1]" = _naru ]; then _naru "$@"; else compdef _naru naru; fi
`
}

function zshName(path: readonly string[]): string {
  return ['_naru', ...path].join('_')
}

function zshOption({ name, about, takesValue, choices }: CompletedOption): string {
  const text = about.replace(/[[\]:\\]/g, (letter) => `\\${letter}`)
  const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files'
  return quoted(`*${name}[${text}]${takesValue ? value : ''}`)
}

function zshArguments({ children, values }: Node): readonly string[] {
  if (children.length > 0) return ["'1: :->command'", "'*:: :->rest'"]
  return [values.length > 0 ? quoted(`*: :(${values.join(' ')})`) : "'*:file:_files'"]
}

/** One line a command, an option and a choice; a condition says where it is offered. */
function fishScript(nodes: readonly Node[]): string {
  const commands = nodes.map(({ path }) => pathKey(path)).filter(Boolean)
  const lines = nodes.flatMap(({ path, children, options, values }) => {
    const where = `-n ${quoted(`test (__naru_command) = ${JSON.stringify(pathKey(path))}`)}`
    return [
      ...children.map(({ name, about }) => `complete -c naru ${where} -f -a ${name} -d ${quoted(about)}`),
      ...(values.length > 0 ? [`complete -c naru ${where} -f -a ${quoted(values.join(' '))}`] : []),
      ...options.map(({ name, about, takesValue, choices }) => {
        const flag = name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
        return `complete -c naru ${where} ${flag}${value} -d ${quoted(about)}`
      }),
    ]
  })
  return `# fish completion of naru; made by: naru completion fish
function __naru_command
  set -l command ''
  for word in (commandline -opc)[2..-1]
    set -l deeper (string trim "$command $word")
    contains -- $deeper ${commands.map(quoted).join(' ')}; and set command $deeper
  end
  echo "$command"
end
${lines.join('\n')}
`
}
