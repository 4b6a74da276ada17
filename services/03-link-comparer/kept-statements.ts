/** What was said of each link: left to the next update, which is told all links anew and says what is another by now. */
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { PageName } from '../../schemas/types.ts'

/** What is said of a link: names of one page or of both; nothing where the wikis contradict each other. */
export type Statement = readonly PageName[]

export class KeptStatements {
  /** As JSON, by the keys of the links. */
  private readonly table: ScratchTable<string>

  constructor(tables: KeptTables) {
    this.table = tables.table('statements')
  }

  put(key: string, statement: Statement | undefined): void {
    this.table.put(key, statement ? JSON.stringify(statement) : null)
  }

  /** Of a link of which nothing was known it was nothing. */
  of(key: string): Statement {
    const text = this.table.get(key)
    return text === undefined ? [] : (JSON.parse(text) as Statement)
  }

  says(key: string, statement: Statement): boolean {
    return this.table.get(key) === JSON.stringify(statement)
  }

  *keys(): Iterable<string> {
    for (const { key } of this.table.entries()) yield key
  }
}
