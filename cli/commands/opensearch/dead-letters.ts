/** Documents that a cluster will not take, one a line, in a file of the run's state that is made with the first of them. */
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Refusal } from '../../../opensearch/bulk.ts'
import type { Workspace } from '../../workspace.ts'

export interface DeadLetters {
  readonly file: string
  /** Refusals by their reason's first words, most frequent reasons first. */
  reasons(): Readonly<Record<string, number>>
  readonly add: (refusal: Refusal) => Promise<void>
  close(): Promise<void>
}

export function deadLetters({ state }: Workspace, index: string): DeadLetters {
  const file = join(state, 'opensearch-dead', `${index}.jsonl`)
  const counts = new Map<string, number>()
  let opened: ReturnType<typeof open> | undefined
  return {
    file,
    reasons: () => Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    add: async (refusal) => {
      const kind = `${refusal.status} ${refusal.reason.split(':')[0]}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      opened ??= mkdir(join(state, 'opensearch-dead'), { recursive: true }).then(() => open(file, 'a'))
      await (await opened).appendFile(`${JSON.stringify(refusal)}\n`)
    },
    close: async () => (await opened)?.close(),
  }
}
