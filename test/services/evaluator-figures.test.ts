/** The evaluator's figures, over a world that can be judged by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Synonym } from '../../schemas/types.ts'
import { encoderOf, judge, lexicon, page, pair, published, world } from './evaluator-world.ts'

test('names with a mate are ranked among all names of the other language, and a name without any match is a miss', async (t) => {
  const { scores, value } = await judge(t, world, encoderOf(lexicon))
  // 고양이 and 개 hit; 부산 finds Berlin only; 베를린 finds nothing.
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 2 / 4)
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'mrr@10'), 2 / 4)
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'unmatched'), 1 / 4)
  // Berlin finds 부산 instead of 베를린, Busan finds nothing.
  assert.equal(value('synonyms', 'neural-sparse', 'en→ko', 'all', 'hit@1'), 2 / 4)
  assert.equal(value('synonyms', 'neural-sparse', 'en→ko', 'all', 'unmatched'), 1 / 4)
  const pools = scores.filter(({ task, metric, stratum }) => `${task} ${metric} ${stratum}` === 'synonyms hit@1 all')
  assert.deepEqual(
    new Set(pools.map(({ direction, pool }) => `${direction} ${pool}`)),
    new Set(['ko→en 4', 'en→ko 5', 'ko→ko+en 9', 'en→ko+en 9']),
  )
})

test('the queries are parted by the split of their cluster, and the unseen ones into names and common nouns', async (t) => {
  const { scores, value } = await judge(t, world, encoderOf(lexicon))
  const hitAt1 = (stratum: string) => value('synonyms', 'neural-sparse', 'ko→en', stratum, 'hit@1')
  assert.equal(hitAt1('train'), 1)
  assert.equal(hitAt1('val'), 1)
  assert.equal(hitAt1('test'), 0)
  assert.equal(hitAt1('unseen'), 1 / 3)
  // dog stands in lower case in a lead; Berlin and Busan never do.
  assert.equal(hitAt1('unseen common nouns'), 1)
  assert.equal(hitAt1('unseen names'), 0)
  const names = scores.find(({ direction, stratum }) => direction === 'ko→en' && stratum === 'unseen names')
  assert.equal(names?.queries, 2)
})

test('a title finds the lead of its mate, and its own lead in its own language', async (t) => {
  const { scores, value } = await judge(t, world, encoderOf(lexicon))
  // 고양이 → the cat's lead; 개 → both leads name a dog, with equal weight, so it ranks 1.5; 베를린 none; 부산 Berlin's lead.
  assert.equal(value('title-lead', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 1 / 4)
  assert.equal(value('title-lead', 'neural-sparse', 'ko→en', 'all', 'mrr@10'), (1 + 1 / 1.5) / 4)
  assert.equal(value('title-lead', 'neural-sparse', 'ko→en', 'all', 'recall@10'), 2 / 4)
  // 부산 has no lead, so Busan has nothing to find.
  const back = scores.find(({ task, direction }) => task === 'title-lead' && direction === 'en→ko')
  assert.deepEqual([back?.queries, back?.pool], [3, 4])
  assert.equal(value('own-lead', 'bm25', 'ko→ko', 'all', 'hit@1'), 1)
  assert.equal(value('own-lead', 'neural-sparse', 'en→en', 'all', 'hit@1'), 3 / 4)
})

test('plain BM25 finds no mate, the dictionary those of train only, and the skeleton what sounds alike', async (t) => {
  const { scores, value } = await judge(t, world, encoderOf(lexicon))
  assert.equal(value('synonyms', 'bm25', 'ko→en', 'all', 'unmatched'), 1)
  for (const direction of ['ko→en', 'en→ko']) {
    assert.equal(value('synonyms', 'dictionary-bm25', direction, 'train', 'hit@1'), 1)
    assert.equal(value('synonyms', 'dictionary-bm25', direction, 'unseen', 'hit@1'), 0)
    assert.equal(value('synonyms', 'skeleton', direction, 'unseen names', 'hit@1'), 1)
    assert.equal(value('title-lead', 'dictionary-bm25', direction, 'train', 'hit@1'), 1)
  }
  const systems = (task: string) => [...new Set(scores.filter((s) => s.task === task).map(({ system }) => system))]
  assert.deepEqual(systems('synonyms'), ['neural-sparse', 'bm25', 'bm25-words', 'dictionary-bm25', 'skeleton'])
  assert.deepEqual(systems('title-lead'), ['neural-sparse', 'bm25', 'bm25-words', 'dictionary-bm25'])
  assert.deepEqual(systems('own-lead'), ['neural-sparse', 'bm25', 'bm25-words'])
})

test('another page of the same name as the mate answers as well', async (t) => {
  const events = [
    page('ko', '수성', ''),
    page('en', 'Mercury (element)', ''),
    page('en', 'Mercury (planet)', ''),
    page('en', 'Venus', ''),
    pair('test', '수성', 'Mercury (planet)'),
    published('small'),
  ]
  const { value } = await judge(t, events, encoderOf({ 수성: 1, mercury: 1, venus: 2 }))
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 1)
})

test('sparsity is counted over names as queries and leads as documents', async (t) => {
  const { value } = await judge(t, world, encoderOf(lexicon))
  const sparsity = (direction: string, metric: string) => value('sparsity', 'neural-sparse', direction, 'all', metric)
  // Korean names: 1, 1, 0 (베를린), 1 and 1 (도시 of 도시 목록) terms; leads: 2, 2, 1, 1.
  assert.equal(sparsity('ko', 'query-terms-mean'), 4 / 5)
  assert.equal(sparsity('ko', 'query-terms-p95'), 1)
  assert.equal(sparsity('ko', 'document-terms-mean'), 6 / 4)
  assert.equal(sparsity('ko', 'document-terms-p95'), 2)
  // 도시 is active in one of the nine Korean names and two of the leads; the others in two texts.
  assert.equal(sparsity('ko', 'max-term-share'), 3 / 9)
  assert.equal(sparsity('ko', 'empty-share'), 1 / 9)
  // Rates of 고양이, 개, 부산, 도시 in names 1/5 each; in leads 1/4, 1/4, 0, 2/4.
  assert.ok(Math.abs(sparsity('ko', 'flops')! - (1 / 5) * (1 / 4 + 1 / 4 + 2 / 4)) < 1e-12)
  // English leads: cat, animal, dog | dog, animal | berlin, city | busan, city. 고양이 1/4, 개 2/4, 부산 = berlin 1/4, 도시 2/4.
  assert.ok(Math.abs(sparsity('ko→en', 'flops')! - (1 / 5) * (1 / 4 + 2 / 4 + 1 / 4 + 2 / 4)) < 1e-12)
})

test('a model that fires one term for everything is seen: share and random cosine are 1', async (t) => {
  const encoder = encoderOf({})
  const degenerate = {
    ...encoder,
    encode: async (texts: readonly string[]) =>
      texts.map(() => ({ terms: Uint32Array.of(7), weights: Float32Array.of(2) })),
  }
  const { value } = await judge(t, world, degenerate)
  assert.equal(value('sparsity', 'neural-sparse', 'all', 'all', 'max-term-share'), 1)
  assert.equal(value('sparsity', 'neural-sparse', 'all', 'all', 'random-pair-cosine'), 1)
  // All documents tie, so the right one of four ranks in the middle.
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 0)
  assert.equal(value('synonyms', 'neural-sparse', 'ko→en', 'all', 'mrr@10'), 1 / 2.5)
})

test('only the heaviest terms take part where the settings say so', async (t) => {
  const { value } = await judge(t, world, encoderOf(lexicon), { maxDocumentTerms: 1 })
  assert.equal(value('sparsity', 'neural-sparse', 'all', 'all', 'document-terms-p95'), 1)
  // Of cat, dog and animal, equal in weight, the lowest id stays: 개 no longer finds the cat's lead beside the dog's.
  assert.equal(value('title-lead', 'neural-sparse', 'ko→en', 'val', 'hit@1'), 1)
})

test('in a mixed pool the query is no answer to itself, and names of its own language are rivals', async (t) => {
  // 부산 activates what berlin does: in the mixed pool it is a rival of Berlin's, and finds Berlin before Busan.
  const { value } = await judge(t, world, encoderOf(lexicon))
  assert.equal(value('synonyms', 'neural-sparse', 'ko→ko+en', 'train', 'hit@1'), 1)
  assert.equal(value('synonyms', 'neural-sparse', 'en→ko+en', 'test', 'hit@1'), 0)
  // Plain BM25 finds the query itself and nothing else, which is no match.
  assert.equal(value('synonyms', 'bm25', 'ko→ko+en', 'all', 'unmatched'), 1)
  const known = encoderOf({ ...lexicon, 부산: 4, 베를린: 3, 도시: 3 })
  const { value: valueKnown } = await judge(t, world, known)
  // 도시 목록 is now level with Berlin, and shares its rank; Busan has no rival.
  assert.equal(valueKnown('synonyms', 'neural-sparse', 'ko→en', 'test', 'hit@1'), 1)
  assert.equal(valueKnown('synonyms', 'neural-sparse', 'ko→ko+en', 'test', 'mrr@10'), (1 / 1.5 + 1) / 2)
})

test('an alias asks for the names and the lead of its page’s mate, under the side of the page’s cluster', async (t) => {
  const alias = (surface: string, title: string, mate: string, split: 'train' | 'test') => {
    const event = pair(split, title, mate)
    const synonym = event.value as Synonym
    const [evidence] = synonym.evidence
    const left = { ...synonym.left, surface }
    return {
      ...event,
      key: `${surface}\t${mate}`,
      value: { ...synonym, left, evidence: [{ ...evidence!, rule: 'redirect' as const, leftSurface: surface }] },
    } as typeof event
  }
  const events = [...world, alias('야옹이', '고양이', 'Cat', 'train'), alias('베를린시', '베를린', 'Berlin', 'test')]
  const { value, scores } = await judge(t, events, encoderOf({ ...lexicon, 야옹이: 1 }))
  assert.equal(value('aliases', 'neural-sparse', 'ko→en', 'train', 'hit@1'), 1)
  assert.equal(value('aliases', 'neural-sparse', 'ko→en', 'unseen', 'hit@1'), 0)
  assert.equal(value('alias-lead', 'neural-sparse', 'ko→en', 'train', 'hit@1'), 1)
  assert.equal(value('aliases', 'dictionary-bm25', 'ko→en', 'train', 'hit@1'), 1)
  const asked = scores.find(({ task, stratum }) => task === 'aliases' && stratum === 'all')
  assert.deepEqual([asked?.queries, asked?.pool], [2, 4])
  // English has no aliases here, so there is nothing to report.
  assert.equal(value('aliases', 'neural-sparse', 'en→ko', 'all', 'hit@1'), undefined)
})

test('held-out names are parted by their sound and by whether training knows their words', async (t) => {
  const events = [
    ...world,
    page('ko', '고양이 도시', '도시'),
    page('en', 'Cat Town', 'a town'),
    pair('val', '고양이 도시', 'Cat Town'),
  ]
  const { scores } = await judge(
    t,
    [...events, pair('train', '도시', 'City'), page('ko', '도시', ''), page('en', 'City', '')],
    encoderOf(lexicon),
  )
  const queriesOf = (stratum: string) =>
    scores.find((one) => one.task === 'synonyms' && one.direction === 'ko→en' && one.stratum === stratum)?.queries
  // 베를린 and 부산 are written as they sound; 개 and 고양이 도시 are not.
  assert.equal(queriesOf('unseen loan words'), 2)
  assert.equal(queriesOf('unseen native words'), 2)
  // Both words of 고양이 도시 stand in training pairs.
  assert.equal(queriesOf('unseen of seen words'), 1)
  assert.equal(queriesOf('unseen of new words'), 3)
})

test('the morphemes of Korean are a baseline that sees through particles', async (t) => {
  const events = [
    page('ko', '서울', '서울은 대한민국의 수도이다'),
    page('ko', '한강', '한강은 서울을 지나는 강이다'),
    published('small'),
  ]
  const { value } = await judge(t, events, encoderOf({}), { morphemes: true })
  // Whole words never meet: 서울은 is not 서울.
  assert.equal(value('own-lead', 'bm25-words', 'ko→ko', 'all', 'unmatched'), 1)
  assert.equal(value('own-lead', 'bm25-morphemes', 'ko→ko', 'all', 'unmatched'), 0)
})

test('pruning is judged where it changes something, and is the whole where it does not', async (t) => {
  const { value } = await judge(t, world, encoderOf(lexicon), { pruningTerms: [1, 30] })
  const pruned = (metric: string) => value('pruning', 'neural-sparse', 'ko→en', 'all', metric)
  // Of cat, dog and animal the lowest id stays, so that 개 finds the dog's lead alone.
  assert.equal(pruned('title-lead hit@1, 1 terms'), 2 / 4)
  assert.equal(pruned('title-lead hit@1, 30 terms'), value('title-lead', 'neural-sparse', 'ko→en', 'all', 'hit@1'))
})

test('a name activates its mate’s words, and those of another’s mate only in a model that fires them for everything', async (t) => {
  const known = { ...lexicon, 부산: 4, 베를린: 3 }
  const { value } = await judge(t, world, encoderOf(known))
  const control = (metric: string) => value('control', 'neural-sparse', 'ko→en', 'all', metric)
  assert.equal(control('activation'), 1)
  assert.equal(control('activation, shuffled pairs'), 0)
  assert.equal(control('cosine, shuffled pairs'), 0)
  const everything = encoderOf(known)
  const degenerate = {
    ...everything,
    encode: async (texts: readonly string[]) =>
      texts.map(() => ({ terms: Uint32Array.of(1, 2, 3, 4), weights: Float32Array.of(1, 1, 1, 1) })),
  }
  const { value: degenerateValue } = await judge(t, world, degenerate)
  assert.equal(degenerateValue('control', 'neural-sparse', 'ko→en', 'all', 'activation, shuffled pairs'), 1)
})

test('every baseline is compared with the model, corrected over tasks and directions, on all queries and on unseen ones', async (t) => {
  const { comparisons, intervals, value } = await judge(t, world, encoderOf(lexicon), { resamples: 500 })
  const family = comparisons.filter(
    ({ stratum, metric, baseline }) => `${stratum} ${metric} ${baseline}` === 'all hit@1 dictionary-bm25',
  )
  assert.deepEqual(
    new Set(family.map(({ task, direction }) => `${task} ${direction}`)),
    new Set([
      'synonyms ko→en',
      'synonyms en→ko',
      'synonyms ko→ko+en',
      'synonyms en→ko+en',
      'title-lead ko→en',
      'title-lead en→ko',
    ]),
  )
  for (const { task, direction, difference, p, pHolm, lower, upper } of family) {
    const of = (system: string) => value(task, system, direction, 'all', 'hit@1')!
    assert.ok(Math.abs(difference - (of('neural-sparse') - of('dictionary-bm25'))) < 1e-12)
    assert.ok(lower <= difference && difference <= upper && pHolm >= p)
  }
  assert.ok(comparisons.some(({ stratum }) => stratum === 'unseen'))
  // Plain BM25 finds nothing across languages here: figures that are all alike have no interval.
  assert.deepEqual([...new Set(intervals.map(({ system }) => system))].sort(), [
    'dictionary-bm25',
    'neural-sparse',
    'skeleton',
  ])
  for (const { task, system, direction, stratum, metric, lower, upper } of intervals) {
    const mean = value(task, system, direction, stratum, metric)!
    assert.ok(lower <= mean && mean <= upper && lower < upper, `${task} ${system} ${metric}`)
  }
})

test('the terms that fire most often are kept with their share', async (t) => {
  const { frequentTerms } = await judge(t, world, encoderOf(lexicon))
  // Of nine names and eight leads: city in 도시 목록, two Korean and two English leads.
  const shares = new Map(frequentTerms.map(({ term, share }) => [term, share]))
  assert.equal(shares.get('도시'), 5 / 17)
  assert.deepEqual(
    frequentTerms.map(({ share }) => share),
    frequentTerms.map(({ share }) => share).sort((a, b) => b - a),
  )
})
