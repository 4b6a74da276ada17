import { stringify } from 'yaml'
import { type LanguagePair, languageName, languagePair } from '../../language/pair.ts'
import { parameterCount } from '../encoder.ts'
import { type ExportFormat, layout } from './layout.ts'
import { bundleFiles } from './opensearch.ts'
import type { FormParity, Parity } from './parity.ts'
import type { TrainedEncoder } from './trained-encoder.ts'
import type { TrainingData } from './training-data.ts'

export interface CardSubject {
  readonly name: string
  readonly trained: TrainedEncoder
  readonly data: TrainingData
  readonly parity: Parity
  readonly formats: readonly ExportFormat[]
  readonly leftOut: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
  /** SPDX, in small letters as Hugging Face's hub writes it. */
  readonly licence: string
  readonly isSigned: boolean
}

/** README.md in the form of Hugging Face's model cards: everything in it is of this run. */
export function renderModelCard(subject: CardSubject): string {
  const { name, trained, data, licence, isSigned } = subject
  const [left, right] = languagesOf(data).map(languageName)
  const parts = [
    `---\n${stringify(metadataOf(subject), { lineWidth: 0 })}---`,
    `# ${name}`,
    `A neural sparse encoder for ${left} and ${right}: a text of either language becomes weights over the words of both, so that an inverted index finds across languages. Made by naru from Wikipedia; step ${trained.step}.`,
    '## Use',
    usage(subject),
    '## Sizes',
    sizes(trained),
    '## Figures at the end of training',
    figures(data),
    '## The forms agree',
    agreement(subject.parity),
    '## Made from',
    origin(subject),
    '## Limits',
    limits(subject),
    '## Licence',
    `${licence}. The text of Wikipedia, which the model was trained on, is CC BY-SA: its authors are in the histories of the pages.`,
    '## Files',
    `\`${layout.manifest}\` has the bytes and the SHA-256 of every file. ${isSigned ? `Its Ed25519 signature is in \`${layout.signature}\`` : 'It is not signed'}; \`naru export verify FOLDER\` checks both.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function metadataOf({ licence, name, trained, data }: CardSubject): Record<string, unknown> {
  return {
    language: languagesOf(data),
    license: licence,
    model_name: name,
    pipeline_tag: 'feature-extraction',
    library_name: 'sentence-transformers',
    tags: [
      'sparse-encoder',
      'sparse',
      'splade',
      'opensearch',
      'cross-lingual',
      ...(trained.idf ? ['inference-free', 'doc-only'] : []),
    ],
  }
}

function usage({ name, formats, trained }: CardSubject): string {
  const lines = [
    `- **naru**: \`naru encode "태양계" --model FOLDER\`, on \`${layout.onnx}\` with \`${layout.tokenizer}\``,
  ]
  if (formats.includes('huggingface')) {
    lines.push(
      '- **sentence-transformers**: `SparseEncoder("FOLDER/huggingface")`; **transformers**: `AutoModelForMaskedLM.from_pretrained(…)`, max pooling left to you',
    )
  }
  if (formats.includes('opensearch')) {
    const { zip, config } = bundleFiles(name, 'encoder')
    const tokenizer = bundleFiles(name, 'tokenizer')
    lines.push(
      `- **OpenSearch**: register \`${zip}\` with \`${config}\`${trained.idf ? ' for documents' : ''}; queries without a model by \`${tokenizer.zip}\``,
    )
  }
  if (trained.idf) {
    lines.push(
      `- Queries are not encoded: each of their tokens counts by its inverse document frequency (\`${layout.idf}\`)`,
    )
  }
  lines.push('- Texts are given in Unicode NFC')
  return lines.join('\n')
}

function sizes({ config }: TrainedEncoder): string {
  const { layers, hiddenSize, heads, feedForwardSize, vocabularySize, maxLength, activation } = config
  return table(
    ['parameters', 'layers', 'width', 'heads', 'feed-forward', 'vocabulary', 'longest text', 'weight of a logit z'],
    [
      [
        ...[parameterCount(config), layers, hiddenSize, heads, feedForwardSize, vocabularySize].map(number),
        `${maxLength} tokens`,
        activation === 'log1p-twice' ? 'log(1 + log(1 + ReLU z))' : 'log(1 + ReLU z)',
      ],
    ],
  )
}

function figures({ metrics }: TrainingData): string {
  const rows = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1))
  const note = 'The evaluator judges the export in full: `scores.json` beside this file, where it has run.'
  if (rows.length === 0) return `Not recorded for this checkpoint. ${note}`
  const shown = rows.map(([name, value]) => [name, Number.isInteger(value) ? String(value) : value.toFixed(4)])
  return `${table(['figure', 'value'], shown)}\n\n${note}`
}

function agreement({ texts, tolerance, exact, rounded, notRun }: Parity): string {
  const row = ({ file, runtime, maxDifference, sameTopTerms }: FormParity) => [
    `\`${file}\``,
    runtime,
    maxDifference.toExponential(1),
    `${sameTopTerms} of ${texts}`,
  ]
  const head = ['file', 'on', 'greatest difference of a weight', 'texts with the same top 20 terms']
  const parts = [
    `Compared with the encoder as it was trained, on ${texts} texts; at most ${tolerance} is allowed.`,
    table(head, exact.map(row)),
  ]
  if (rounded.length > 0) parts.push('What rounded weights cost:', table(head, rounded.map(row)))
  if (notRun.length > 0)
    parts.push(
      `Not run where this was exported: ${notRun.map(({ file, reason }) => `\`${file}\` (${reason})`).join(', ')}.`,
    )
  return parts.join('\n\n')
}

function origin({ data, trained }: CardSubject): string {
  const { run, dictionary } = data
  const lines = [
    `- run \`${run}\`: names the examples and every setting that decides the weights`,
    `- checkpoint of step ${trained.step}: SHA-256 of its state \`${trained.checkpoint}\``,
  ]
  if (!dictionary) return [...lines, '- dumps: not recorded beside this checkpoint'].join('\n')
  lines.push(`- ${number(dictionary.pairs)} synonym pairs`)
  // The same pairs come in several forms; those of val and test are not trained on.
  for (const { name, sha256 } of dictionary.files.filter(({ name }) => name.startsWith('train.')))
    lines.push(`- \`${name}\`: SHA-256 \`${sha256}\``)
  for (const list of dictionary.lists) lines.push(`- existing list ${list}`)
  const dumps = dictionary.dumps.map(({ wiki, date, file, sha1 }) => [wiki, date, file, sha1 ?? 'none published'])
  return `${lines.join('\n')}\n\n${table(['wiki', 'dump', 'file', 'SHA-1'], dumps)}`
}

function limits({ trained, data, warnings, leftOut }: CardSubject): string {
  const languages = languagesOf(data)
  const { maxLength } = trained.config
  return [
    `- Text beyond ${maxLength} tokens, [CLS] and [SEP] included, is cut; so is it by \`${layout.tokenizer}\`, on which OpenSearch relies.`,
    '- Trained on Wikipedia: names and encyclopaedic language. A word that no pair and no text of the training relates to the other language does not cross over.',
    `- ${languages.map(languageName).join(' and ')} alone. To compare with: \`opensearch-neural-sparse-encoding-multilingual-v1\`.`,
    ...warnings.map((warning) => `- ${warning}.`),
    ...Object.entries(leftOut).map(([format, reason]) => `- There is no form for ${format}: ${reason}.`),
  ].join('\n')
}

/** Where the dictionary has no card, those that naru is for unless told otherwise. */
function languagesOf({ dictionary }: TrainingData): LanguagePair {
  return dictionary?.languages ?? languagePair.parse(undefined)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
