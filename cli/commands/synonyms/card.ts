/** naru synonyms card: the data card anew, with the precision that a review has found. */
import { join } from 'node:path'
import { writeCard } from '../../../dictionary/write-card.ts'
import { print, printJson, say } from '../../print.ts'
import { formatCount } from '../../quantities.ts'
import { workspaceOf } from '../../workspace.ts'

export interface CardFlags {
  readonly out?: string
  readonly json?: boolean
}

export async function card({ out, json }: CardFlags): Promise<void> {
  const { file, pairs, right, wrong } = await writeCard(join(workspaceOf(out).data, 'synonyms'))
  if (json) {
    printJson({ card: file, pairs, right, wrong })
    return
  }
  print(file)
  const found =
    right + wrong === 0 ? 'none judged yet' : `${formatCount(right)} judged right and ${formatCount(wrong)} wrong`
  say(`the card of ${formatCount(pairs)} pairs, ${found}`)
}
