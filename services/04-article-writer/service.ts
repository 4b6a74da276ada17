import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import { type Deps, stream } from '../../runtime/service.ts'
import {
  amended,
  asLines,
  asRows,
  type Frame,
  type Piece,
  PieceFile,
  pieceOf,
} from '../../runtime/update/piece-file.ts'
import type { Article } from '../../schemas/types.ts'
import { versionRow, versionsName } from '../../wiki/page-versions.ts'
import { settings } from './settings.ts'

type WriterDeps = Pick<Deps<{ readonly folder: string }, 'files' | 'scratch'>, 'settings' | 'files' | 'scratch' | 'log'>

/** Page ids have at most ten digits, so that text order is number order. */
const pageIdDigits = 10

export default stream(
  'article-writer',
  { settings, ports: ['files', 'scratch'] },
  async function* (events, deps) {
    const articles = new Articles(deps.scratch)
    for await (const { value } of events) articles.add(value)
    await writeFiles(articles, [], deps, (_, pieces) => pieces)
    yield* []
  },
  async function* ({ events, isKept, made }, deps) {
    const articles = new Articles(deps.scratch)
    for await (const { value } of events) articles.add(value)
    const stays = (key: Buffer) => isKept(eventKeyOf(key.toString()))
    await writeFiles(articles, made, deps, (file, pieces) => {
      return file.exists ? amended(file.pieces(), pieces, stays) : pieces
    })
    yield* []
  },
)

/** Articles of each language, in the order of wikis and page ids. */
class Articles {
  private readonly tables = new Map<string, ScratchTable<Article>>()
  private readonly languageOf = new Map<string, string>()
  private readonly scratch: Scratch

  constructor(scratch: Scratch) {
    this.scratch = scratch
  }

  add(article: Article): void {
    const { language, wiki, pageId } = article
    const table = this.tables.get(language) ?? this.scratch.table<Article>(language)
    this.tables.set(language, table)
    this.languageOf.set(wiki, language)
    table.put(pieceKeyOf(wiki, pageId), article)
  }

  get languages(): string[] {
    return [...this.tables.keys()]
  }

  get wikis(): string[] {
    return [...this.languageOf.keys()]
  }

  *lines(language: string): Iterable<Piece> {
    for (const { key, value } of this.tables.get(language)?.entries() ?? []) {
      yield pieceOf(key, JSON.stringify(value))
    }
  }

  /** Which version of each page was read, for an update to compare with. */
  *versions(wiki: string): Iterable<Piece> {
    const table = this.tables.get(this.languageOf.get(wiki) ?? '')
    for (const { key, value } of table?.entries({ from: `${wiki}:`, to: `${wiki};` }) ?? []) {
      yield { key: Buffer.from(key), bytes: versionRow(value) }
    }
  }
}

/** @param made addresses of files that are written too, whether there is something new for them or not. */
async function writeFiles(
  articles: Articles,
  made: readonly string[],
  deps: WriterDeps,
  piecesOf: (file: PieceFile, fresh: Iterable<Piece>) => Iterable<Piece>,
): Promise<void> {
  const { settings, log } = deps
  const write = (name: string, frame: Frame, fresh: Iterable<Piece>) => {
    const file = new PieceFile(`${settings.folder}/${name}`, frame, deps)
    return file.write(piecesOf(file, fresh))
  }
  const namesLike = (name: RegExp) =>
    made.flatMap((address) => {
      const [folder, file] = [address.slice(0, settings.folder.length + 1), address.slice(settings.folder.length + 1)]
      return folder === `${settings.folder}/` ? (name.exec(file)?.[1] ?? []) : []
    })
  const languages = new Set([...articles.languages, ...namesLike(/^([^/]+)_articles\.jsonl$/)])
  for (const language of [...languages].sort()) {
    const { pieces, ...written } = await write(`${language}_articles.jsonl`, asLines, articles.lines(language))
    log.info({ ...written, articles: pieces }, 'articles written')
  }
  for (const wiki of new Set([...articles.wikis, ...namesLike(/^([^/]+)\.pages$/)])) {
    await write(versionsName(wiki), asRows, articles.versions(wiki))
  }
}

function pieceKeyOf(wiki: string, pageId: number): string {
  return `${wiki}:${String(pageId).padStart(pageIdDigits, '0')}`
}

/** As topology.ts says that the keys of `articles` are made. */
function eventKeyOf(pieceKey: string): string {
  const at = pieceKey.lastIndexOf(':')
  return `${pieceKey.slice(0, at)}:${Number(pieceKey.slice(at + 1))}`
}
