import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { TrainingExample } from '../../schemas/types.ts'
import trainer from '../../services/10-trainer/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { exampleOf } from './events.ts'

const words = ['물 water', '불 fire', '산 mountain', '강 river', '달 moon', '별 star', '말 horse', '해 sun']

/** Examples of these pairs, each "left right". */
export function examplesOf(
  pairs: readonly string[],
  splitOf: (i: number) => 'train' | 'val',
): readonly TrainingExample[] {
  return pairs.map((pair, i) => {
    const [left = '', right = ''] = pair.split(' ')
    const set = { query: left, positiveDoc: `the ${right}`, negativeDocs: ['the sea'], synonymPairs: [{ left, right }] }
    return exampleOf(`c${i}`, { ...set, split: splitOf(i) })
  })
}

const eight = examplesOf(words, (i) => (i < 6 ? 'train' : 'val'))

/** Trains a tiny model as the service does, with these settings besides; `where`: in a folder that a run has left. */
export async function trainTiny(
  t: TestContext,
  of: object,
  { where: folder, examples = eight }: { readonly where?: string; readonly examples?: readonly TrainingExample[] } = {},
) {
  const where = folder ?? (await temporaryFolder(t))
  const sizes = { vocab_size: 200, hidden_size: 8, layers: 1, heads: 1, feed_forward_size: 8, max_length: 8 }
  const lengths = { query_lengths: [8], document_lengths: [8], threads: 1, batch_size: 2 }
  const driven = await drive(
    where,
    trainer,
    examples.map((example) => incoming('training-examples', example)),
    { settings: { model: { name: 'tiny', ...sizes }, training: { ...lengths, log_steps: 3, ...of } } },
  )
  const [checkpoint] = driven.events('checkpoints')
  const run = join(where, checkpoint?.address ?? '', '..')
  const log = (await readFile(join(where, 'models/checkpoints/tiny/training.jsonl'), 'utf8')).trimEnd().split('\n')
  const lines = log.map((line) => JSON.parse(line))
  return { where, checkpoint, interims: driven.interims, kept: (await readdir(run)).sort(), lines }
}
