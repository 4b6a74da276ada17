/** How a dump of a search index is told, by its name and by its first bytes. */

/** The name of a shard, taken apart. */
export interface CirrusName {
  readonly wiki: string
  /** `YYYYMMDD`. */
  readonly date: string
  /** 0 and up. */
  readonly shard: number
}

/** Takes the name of a shard such as kowiki_content-20260830-00000.json.bz2 apart; undefined for any other file. */
export function parseCirrusName(fileName: string): CirrusName | undefined {
  const [, wiki, date, shard] =
    /^([a-z][a-z0-9_]*)_(?:content|general)-(\d{8})-(\d+)\.json(?:\.bz2|\.gz)?$/.exec(fileName) ?? []
  return wiki === undefined || date === undefined ? undefined : { wiki, date, shard: Number(shard) }
}

/** Whether uncompressed bytes begin as such a dump does. */
export function startsLikeCirrus(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"index"\s*:/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))
}
