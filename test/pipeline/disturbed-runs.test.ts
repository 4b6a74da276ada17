/** Runs that are broken off: by a wrong file, by a full disk, by ctrl-C. Each says why, and goes on to the same bytes. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodeOf } from '../../cli/exit.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { serviceIds } from '../../topology.ts'
import { naru } from '../cli/command-line.ts'
import { deadLettersOf, recordsOf } from './embedded-log.ts'
import { noSmallDumps, type SmallDump, samplePages, type Wiki, writeDump } from './small-dumps.ts'
import { dataSetHashes, runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-disturbed-'))
after(() => rmSync(root, { recursive: true, force: true }))

function dumpOf(wiki: Wiki, name: string): SmallDump {
  return writeDump(join(root, name, wiki), samplePages(wiki, [20, 20, 20]), { wiki, checksums: true, tables: true })
}

function inputsOf(korean: SmallDump, english: SmallDump): string[] {
  return ['--ko', korean.folder, '--en', english.folder]
}

test('a dump whose checksum is wrong is refused before anything is emitted, and once corrected the run goes on', {
  skip: noSmallDumps,
}, async () => {
  const [korean, english] = [dumpOf('kowiki', 'checksum'), dumpOf('enwiki', 'checksum')]
  const inputs = inputsOf(korean, english)
  const undisturbed = join(root, 'checksum-undisturbed')
  assert.equal((await naru(['extract', ...inputs, '--out', undisturbed, '--quiet'])).code, 0)

  const good = readFileSync(korean.articles)
  const bad = Buffer.from(good)
  bad[korean.ranges[1]!.start + 100]! ^= 1
  writeFileSync(korean.articles, bad)
  const out = join(root, 'checksum-out')
  const refused = await naru(['run', ...inputs, '--out', out, '--quiet'])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^CHECKSUM_MISMATCH: sha1 should be [0-9a-f]{40}, but is [0-9a-f]{40}$/m)
  assert.ok(refused.stderr.includes(`file ${korean.articles}`))
  assert.match(refused.stderr, /^ {2}hint {2}\S/m)
  assert.deepEqual(await recordsOf(out, 'dump-files'), [])
  assert.ok(!existsSync(korean.copyIn(out)), 'the damaged file lies in the data set')

  writeFileSync(korean.articles, good)
  assert.equal((await naru(['extract', ...inputs, '--out', out, '--quiet'])).code, 0)
  assert.deepEqual(hashesOf(out), hashesOf(undisturbed))
})

/** Of what there is of the data set: not every phase writes into every folder. */
function hashesOf(out: string): Record<string, string> {
  for (const folder of ['wikipedia', 'synonyms', 'training']) mkdirSync(join(out, folder), { recursive: true })
  return dataSetHashes(out)
}

/** A file system of its own, in memory, that can grow; undefined and the test is skipped where none may be mounted. */
function smallDisk(t: TestContext, kibibytes: number): { folder: string; resize(kibibytes: number): void } | undefined {
  const folder = mkdtempSync(join(root, 'disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'naru-test', folder])
  if (mounted.status !== 0) {
    t.skip(`no small disk can be mounted here: ${mounted.error?.message ?? mounted.stderr.toString().trim()}`)
    return undefined
  }
  t.after(() => spawnSync('umount', [folder]))
  return {
    folder,
    resize: (size) => {
      assert.equal(spawnSync('mount', ['-o', `remount,size=${size}k`, folder]).status, 0)
    },
  }
}

const explained = /^DISK_FULL: the disk .*is full\n {2}at {4}file .+\n {2}hint {2}Free some space/m

for (const { what, onDisk, startKibibytes, growth } of [
  // The log is no longer written to a disk with less than 8 MiB free, long before lmdb would meet its end.
  { what: 'a disk of data and state', onDisk: ['data', 'state'], startKibibytes: 8_300, growth: 1.2 },
  { what: 'a disk of data only', onDisk: ['data'], startKibibytes: 60, growth: 2 },
]) {
  test(`${what} that fills up, at whatever stage, ends the run with DISK_FULL; with more space it goes on to the same bytes`, {
    skip: noSmallDumps,
  }, async (t) => {
    const disk = smallDisk(t, startKibibytes)
    if (!disk) return
    const [korean, english] = [dumpOf('kowiki', what), dumpOf('enwiki', what)]
    const inputs = [
      { language: 'ko', location: korean.folder },
      { language: 'en', location: english.folder },
    ]
    const run = (out: string) =>
      runStages({ out, targets: ['article-writer', 'synonym-writer'], settings: { 'dump-downloader': { inputs } } })
    const undisturbed = join(root, `${what} undisturbed`)
    await run(undisturbed)

    const out = join(disk.folder, 'out')
    if (!onDisk.includes('state')) {
      const elsewhere = join(root, `${what} state`)
      mkdirSync(elsewhere)
      mkdirSync(out)
      symlinkSync(elsewhere, join(out, 'state'))
    }
    const reached = new Set<string>()
    for (let kibibytes = startKibibytes; ; kibibytes = Math.ceil(kibibytes * growth)) {
      assert.ok(kibibytes < 64 * 1024, 'the run does not end')
      disk.resize(kibibytes)
      const said: string[] = []
      const code = await run(out).then(
        () => 0,
        (error: unknown) => exitCodeOf(error, (text) => said.push(text)),
      )
      if (code === 0) break
      assert.equal(code, 1)
      assert.match(said.join('\n'), explained)
      reached.add(/at {4}file (.+)/.exec(said.join('\n'))?.[1] ?? '')
    }
    t.diagnostic(`the disk was full at ${[...reached].map((file) => relative(out, file)).join(', ')}`)
    assert.ok(reached.size > 1)
    assert.deepEqual(hashesOf(out), hashesOf(undisturbed))
    for (const id of serviceIds) assert.deepEqual(await deadLettersOf(out, id), [], id)
  })
}

test('the command line says that the disk is full, and ends with exit code 1', { skip: noSmallDumps }, async (t) => {
  const disk = smallDisk(t, 8_300)
  if (!disk) return
  const inputs = inputsOf(dumpOf('kowiki', 'full'), dumpOf('enwiki', 'full'))
  const { code, stdout, stderr } = await naru(['extract', ...inputs, '--out', join(disk.folder, 'out'), '--quiet'])
  assert.equal(code, 1)
  assert.match(stderr, explained)
  assert.equal(stdout, '')
})

/** The command line as a process of its own, ended by ctrl-C as soon as something holds. */
async function interruptedWhen(holds: () => boolean, what: string, args: readonly string[]): Promise<number | null> {
  const entry = `import(${JSON.stringify(`${packageRoot}/cli/main.ts`)}).then(({ main }) => main(process.argv.slice(1)))`
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', ...args], {
    cwd: packageRoot,
    stdio: 'ignore',
  })
  const exit = once(child, 'exit')
  while (child.exitCode === null && !holds()) await sleep(2)
  assert.equal(child.exitCode, null, `the run was over before ${what}`)
  child.kill('SIGINT')
  const [code] = await exit
  return code
}

/** … as soon as it has written to a file or folder. */
function interruptedAt(written: string, args: readonly string[]): Promise<number | null> {
  const changedMs = () => statSync(written, { throwIfNoEntry: false })?.mtimeMs
  const before = changedMs()
  return interruptedWhen(() => changedMs() !== before, `it had written ${written}`, args)
}

test('ctrl-C while it copies, extracts or writes ends a run with exit code 130, and the run goes on to the same bytes', {
  skip: noSmallDumps,
}, async () => {
  const inputs = inputsOf(dumpOf('kowiki', 'ctrl-c'), dumpOf('enwiki', 'ctrl-c'))
  const undisturbed = join(root, 'ctrl-c-undisturbed')
  const command = (out: string) => ['examples', ...inputs, '--out', out, '--quiet', '--workers', '2']
  assert.equal((await naru(command(undisturbed))).code, 0)

  const out = join(root, 'ctrl-c-out')
  for (const written of ['wikipedia/dumps', 'state/status.json', 'training']) {
    assert.equal(await interruptedAt(join(out, written), command(out)), 130, written)
  }
  assert.equal((await naru(command(out))).code, 0)
  assert.deepEqual(hashesOf(out), hashesOf(undisturbed))
})

const tinyModel = `
dump-planner: { limit: 60 }
model: { name: tiny, vocab_size: 2500, hidden_size: 16, layers: 1, heads: 2, feed_forward_size: 32, max_length: 32 }
training:
  { epochs: 2, batch_size: 16, query_lengths: [16], document_lengths: [32], log_steps: 1, checkpoint_steps: 5 }
`

test('ctrl-C while it trains, and run --resume, end with the same data set and the same model to the byte', async () => {
  const config = join(root, 'tiny.yaml')
  writeFileSync(config, tinyModel)
  const command = (out: string) => ['run', '--config', config, '--out', out, '--quiet']
  const model = (out: string) => readFileSync(join(out, 'models/exports/tiny/onnx/model.onnx'))
  const undisturbed = join(root, 'training-undisturbed')
  assert.equal((await naru(command(undisturbed))).code, 0)

  const out = join(root, 'training-out')
  const steps = join(out, 'models/checkpoints/tiny/training.jsonl')
  const hasCheckpoint = () => existsSync(steps) && readFileSync(steps, 'utf8').includes('"step":7,')
  assert.equal(await interruptedWhen(hasCheckpoint, 'step 7 of training', command(out)), 130)
  assert.equal((await naru([...command(out), '--resume'])).code, 0)
  assert.deepEqual(dataSetHashes(out), dataSetHashes(undisturbed))
  assert.ok(model(out).equals(model(undisturbed)))
})
