/** naru synonyms card: the data card anew, with the precision that a review has found. */
import { join } from 'node:path'
import { writeCard } from '../../../dictionary/write-card.ts'
import { print } from '../../print.ts'
import { workspaceOf } from '../../workspace.ts'

export interface CardFlags {
  readonly out?: string
}

export async function card({ out }: CardFlags): Promise<void> {
  print(await writeCard(join(workspaceOf(out).data, 'synonyms')))
}
