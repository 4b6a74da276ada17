/** The course of the scores, out of files as the evaluator leaves them. */
import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Course, type CoursePoint, evaluationsIn } from '../../monitor/training/evaluations.ts'
import { encoderOf, judgeIn, type Lexicon, page, pair, published } from '../services/evaluator-world.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-course-'))
const models = join(root, 'models')
after(() => rmSync(root, { recursive: true, force: true }))

const world = [
  page('ko', '고양이', '고양이는 동물이다'),
  page('en', 'Cat', 'The cat is an animal'),
  page('ko', '개', '개는 동물이다'),
  page('en', 'Dog', 'The dog is an animal'),
  pair('test', '고양이', 'Cat'),
  pair('test', '개', 'Dog'),
]
const knowing: Lexicon = { 고양이: 1, cat: 1, 개: 2, dog: 2 }
/** It has yet to learn the dog, and has words for more. */
const beginner: Lexicon = { 고양이: 1, cat: 1, 개: 3, dog: 2, animal: 4, the: 5 }

/** Removes the export, as the next one does when it takes its place, and judges that one. */
async function judged(model: string, lexicon: Lexicon, atSeconds: number): Promise<void> {
  rmSync(join(models, 'exports', model), { recursive: true, force: true })
  await judgeIn(root, [...world, published(model)], encoderOf(lexicon))
  const scores = join(models, 'exports', model, 'scores.json')
  utimesSync(scores, atSeconds, atSeconds)
}

const figureOf = ({ figures }: CoursePoint, metric: string) =>
  figures.find((figure) => figure.metric === metric && ['ko→en', 'all'].includes(figure.direction))?.value

test('each evaluation is a point of the course, in order of time, those of exports that were replaced among them', async () => {
  const course = new Course(models)
  assert.deepEqual(await course.points(), [])
  await judged('small', beginner, 1)
  await judged('other', beginner, 2)
  await judged('small', knowing, 3)
  const points = await course.points()
  assert.deepEqual(
    points.map(({ model }) => model),
    ['small', 'other', 'small'],
  )
  const hits = points.map((point) => figureOf(point, 'hit@1')!)
  assert.equal(hits[0], hits[1])
  assert.ok(hits[0]! < hits[2]!, `${hits}`)
  assert.equal(hits[2], 1)
  const ndcg = points.map((point) => figureOf(point, 'ndcg@10')!)
  assert.ok(ndcg[0]! < ndcg[2]!, `${ndcg}`)
  const terms = points.map((point) => figureOf(point, 'document-terms-mean')!)
  assert.ok(terms[0]! > terms[2]!, `${terms}`)
  // Of each export the last scores, the last one first.
  assert.deepEqual(
    (await evaluationsIn(models)).map(({ model }) => model),
    ['small', 'other'],
  )
})

test('the same evaluation again is no second point; what cannot be read is none', async () => {
  const course = new Course(models)
  const before = (await course.points()).length
  await judged('small', knowing, 4)
  writeFileSync(join(models, 'evaluations', 'small', 'ffff.json'), '[{"model":')
  assert.equal((await course.points()).length, before)
})

test('scores of an earlier naru, which lie in the export alone, are a point too', async () => {
  const course = new Course(models)
  const before = (await course.points()).length
  rmSync(join(models, 'evaluations', 'other'), { recursive: true })
  assert.equal((await course.points()).length, before)
  appendFileSync(join(models, 'exports', 'other', 'scores.json'), '!')
  assert.equal((await course.points()).length, before - 1)
  mkdirSync(join(models, 'exports', 'unjudged'))
  assert.equal((await course.points()).length, before - 1)
})
