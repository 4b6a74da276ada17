import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barLine, describeStage, PlainLines, usesColour } from '../../cli/progress.ts'
import type { StageView } from '../../cli/stage.ts'
import { StageBoard } from '../../cli/stage-board.ts'
import { Steps } from '../../cli/steps.ts'
import { emptyLedger } from '../../runtime/ledger.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import type { ServiceId } from '../../topology.ts'

function statusOf(id: ServiceId, events: number, lag: number, finished = false): ServiceStatus {
  return { id, figures: { ...emptyLedger(), events, finished }, partitionsDone: 0, partitions: 12, lag }
}

/** A board whose clock moves when the test says so. */
function boardAt(services: readonly ServiceId[], earlier = {}) {
  const clock = { ms: 0 }
  return { clock, board: new StageBoard(services, () => clock.ms, earlier) }
}

test('a transform shows committed of committed plus waiting, its rate and the time left', () => {
  const { clock, board } = boardAt(['article-extractor'])
  board.statuses([statusOf('article-extractor', 0, 100)])
  clock.ms = 2_000
  board.statuses([statusOf('article-extractor', 20, 80)])
  const [stage] = board.views()
  assert.ok(stage)
  assert.equal(stage.perSecond, 10)
  assert.equal(stage.secondsLeft, 8)
  assert.equal(describeStage(stage), '20 of 100 dump-chunks, 20 %, 10/s, 8.0 s left')
})

test('the rate is that of the last seconds, not of the whole time', () => {
  const { clock, board } = boardAt(['trainer'])
  for (let second = 0; second <= 100; second++) {
    clock.ms = second * 1000
    board.report('trainer', { done: Math.min(second, 50) * 10 + Math.max(0, second - 50), total: 1000, unit: 'steps' })
  }
  assert.equal(board.views()[0]?.perSecond, 1)
})

test('what a service reports itself counts, with its unit and note', () => {
  const { board } = boardAt(['trainer'])
  board.report('trainer', { done: 5, total: 50, unit: 'steps', note: 'loss 1.25' })
  board.statuses([statusOf('trainer', 0, 9000)])
  const [stage] = board.views()
  assert.ok(stage)
  assert.equal(describeStage(stage), '5 of 50 steps, 10 %, loss 1.25')
  assert.ok(barLine(stage).startsWith('trainer              ██░░'))
})

test('bytes are shown with their prefix', () => {
  const { board } = boardAt(['dump-downloader'])
  board.report('dump-downloader', { done: 1_500_000, total: 3_000_000, unit: 'bytes' })
  assert.equal(describeStage(board.views()[0]!), '1.5 MB of 3.0 MB, 50 %')
})

test('a service that was complete before a resume is not shown again, and its time is kept', () => {
  const { board } = boardAt(['dump-planner'], { 'dump-planner': 4 })
  board.statuses([statusOf('dump-planner', 6, 0, true)])
  assert.equal(board.views()[0]?.state, 'before')
  assert.deepEqual(board.seconds(), { 'dump-planner': 4 })
})

test('a stage that begins and ends between two looks was at work since the first of them at most', () => {
  const { clock, board } = boardAt(['dump-planner', 'list-reader'])
  clock.ms = 7_000
  board.statuses([statusOf('dump-planner', 0, 0), statusOf('list-reader', 0, 0, true)])
  clock.ms = 9_000
  board.statuses([statusOf('dump-planner', 4, 0, true), statusOf('list-reader', 0, 0, true)])
  const [planner, reader] = board.views()
  assert.equal(describeStage(planner!), 'done: 4 dump-files in 2.0 s')
  assert.equal(describeStage(reader!), 'done: 0 events in 0.0 s')
})

test('without a terminal there is a line every five seconds for what has moved, and one at each end', () => {
  const { clock, board } = boardAt(['article-extractor', 'deduplicator'])
  const written: string[] = []
  const lines = new PlainLines({ write: (text) => written.push(text) }, () => clock.ms)
  for (let second = 1; second <= 14; second++) {
    clock.ms = second * 1000
    const events = Math.min(second, 9)
    board.statuses([statusOf('article-extractor', events, 12 - events, second === 14), statusOf('deduplicator', 0, 0)])
    lines.update(board.views())
  }
  assert.equal(written.length, 3)
  assert.match(written[0]!, /^article-extractor {4}5 of 12 dump-chunks, 41 %, 1\.0\/s, 7\.0 s left\n$/)
  assert.match(written[2]!, /^article-extractor {4}done: 9 dump-chunks in 13 s\n$/)
  assert.ok(written.every((line) => !line.includes('\u001b')))
})

test('NO_COLOR, a dumb terminal and a pipe switch colour off', () => {
  assert.equal(usesColour({ isTTY: true }, {}), true)
  assert.equal(usesColour({ isTTY: true }, { NO_COLOR: '1' }), false)
  assert.equal(usesColour({ isTTY: true }, { NO_COLOR: '' }), true)
  assert.equal(usesColour({ isTTY: true }, { TERM: 'dumb' }), false)
  assert.equal(usesColour({}, {}), false)
})

test('a step of a command is shown from its second second on, with its rate and what is left, and is done when the next begins', () => {
  const clock = { ms: 0 }
  let shown: readonly StageView[] = []
  const steps = new Steps({ update: (stages) => (shown = stages) }, () => clock.ms)
  steps.tell('hashing', { done: 5, total: 10, unit: 'bytes' })
  clock.ms = 900
  steps.show()
  assert.deepEqual([shown, steps.shown], [[], false])
  steps.tell('judging', { done: 0, total: 400, unit: 'pairs' })
  clock.ms = 2_900
  steps.tell('judging', { done: 100, total: 400, unit: 'pairs' })
  steps.show()
  assert.deepEqual(shown.map(describeStage), ['100 of 400 pairs, 25 %, 50/s, 6.0 s left'])
  clock.ms = 8_900
  steps.finish()
  assert.deepEqual(shown.map(describeStage), ['done: 400 pairs in 8.0 s'])
})
