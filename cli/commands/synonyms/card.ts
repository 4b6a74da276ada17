/** naru synonyms card: the data card anew, with the precision that a review has found. */
import { join } from 'node:path'
import { writeCard } from '../../../dictionary/write-card.ts'
import { print, printJson } from '../../print.ts'
import { workspaceOf } from '../../workspace.ts'

export interface CardFlags {
  readonly out?: string
  readonly json?: boolean
}

export async function card({ out, json }: CardFlags): Promise<void> {
  const file = await writeCard(join(workspaceOf(out).data, 'synonyms'))
  if (json) printJson({ card: file })
  else print(file)
}
