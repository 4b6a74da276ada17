import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type ReferenceTensor, referenceFolder } from '../reference/reference.ts'

/** The folders that make_checkpoints.py wrote, and what transformers computes with them. */
export const families = ['bert', 'xlm-roberta'] as const
export type FamilyName = (typeof families)[number]

export interface Expected {
  readonly madeWith: Readonly<Record<string, string>>
  readonly texts: readonly string[]
  readonly ids: readonly (readonly number[])[]
  /** Greatest logit over the positions of each text: [texts, vocabulary]. */
  readonly logits: ReferenceTensor
}

export function baseFolder(family: FamilyName): string {
  return join(referenceFolder, 'checkpoints', family)
}

export function expectedOf(folder: string): Expected {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
}

/** A copy that a test may change, without the files whose name matches. */
export async function copyWithout(t: TestContext, family: FamilyName, without: RegExp): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-base-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await cp(baseFolder(family), folder, { recursive: true, filter: (path) => !without.test(path) })
  return folder
}
