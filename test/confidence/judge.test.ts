import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { jointVerdict, judgeOf, readJudge } from '../../confidence/judge.ts'
import { ConfigError } from '../../runtime/errors.ts'

const judge = judgeOf('test', '', [
  ['가족', 'family'],
  ['말', 'horse'],
  ['말', 'speaking'],
  ['언어', 'language'],
  ['인공 지능', 'Artificial Intelligence'],
])

test('a judge agrees with what it says itself, whatever case, spacing and number', () => {
  assert.equal(judge.verdictOn('말', 'Horses'), 'agree')
  assert.equal(judge.verdictOn('가족', 'families'), 'agree')
  assert.equal(judge.verdictOn('인공지능', 'artificial-intelligence'), 'agree')
})

test('a judge disagrees where it knows both terms and not as one, and else knows nothing', () => {
  assert.equal(judge.verdictOn('말', 'language'), 'disagree')
  assert.equal(judge.verdictOn('말', 'equus'), 'unknown')
  assert.equal(judge.verdictOn('마', 'horse'), 'unknown')
})

test('of several judges one that agrees is enough', () => {
  const other = judgeOf('other', '', [['말', 'language']])
  assert.equal(jointVerdict([judge, other], '말', 'language'), 'agree')
  assert.equal(jointVerdict([judge], '말', 'language'), 'disagree')
  assert.equal(jointVerdict([judge, other], '물', 'water'), 'unknown')
})

async function read(t: TestContext, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'naru-judge-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'dictionary.tsv')
  writeFileSync(file, text)
  return readJudge(file)
}

test('a dictionary may have either language first, comments, and further columns', async (t) => {
  for (const text of ['# names\n물\twater\tA\n\nDNA\tDNA\n불\tfire\n', 'water\t물\nfire\t불\r\n']) {
    assert.equal((await read(t, text)).verdictOn('물', 'Water'), 'agree')
  }
})

test('a line that is no pair is named', async (t) => {
  await assert.rejects(
    read(t, '물\twater\n불 fire\n'),
    (error) => error instanceof ConfigError && error.code === 'DICTIONARY_MALFORMED' && error.at.line === 2,
  )
  await assert.rejects(
    readJudge('/nowhere/at/all.tsv'),
    (error) => error instanceof ConfigError && error.code === 'DICTIONARY_UNREADABLE',
  )
})
