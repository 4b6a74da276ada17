import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkpointHash, checkpointOf, type DataPosition, type WrittenCheckpoint } from '../../model/checkpoint.ts'
import type { Trainer } from '../../model/trainer.ts'

const checkpointFolder = /^step-\d+$/
const removedPrefix = 'removed-'

/** The newest checkpoints of a run, also of an earlier start, and the best one; others are removed. */
export class Checkpoints {
  readonly #trainer: Trainer
  readonly #folder: string
  readonly #keep: number
  readonly #positionAt: (step: number) => DataPosition
  #latest: WrittenCheckpoint | undefined

  /** positionAt: where the run stands in its data after a step. */
  constructor(
    trainer: Trainer,
    { folder, keep, positionAt }: { folder: string; keep: number; positionAt: (step: number) => DataPosition },
  ) {
    this.#trainer = trainer
    this.#folder = folder
    this.#keep = keep
    this.#positionAt = positionAt
  }

  /** One of the state as it is; `bestStep` names the one that stays whatever comes. */
  async add(step: number, bestStep: number | undefined): Promise<WrittenCheckpoint> {
    if (this.#latest?.step === step) return this.#latest
    const written = await this.#trainer.checkpoint(this.#folder, this.#positionAt(step))
    this.#latest = written
    const names = await readdir(this.#folder)
    const complete = names.filter((name) => checkpointFolder.test(name)).sort()
    for (const name of names.filter((name) => name.startsWith(removedPrefix))) await this.#remove(name)
    for (const name of complete.slice(0, -this.#keep)) {
      if (bestStep !== undefined && join(this.#folder, name) === checkpointOf(this.#folder, bestStep)) continue
      // Renamed first, so that who is about to read it finds all of it or nothing.
      await rename(join(this.#folder, name), join(this.#folder, removedPrefix + name))
      await this.#remove(removedPrefix + name)
    }
    return written
  }

  async #remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { recursive: true })
  }

  /** The checkpoint of a step, if it is there. */
  async find(step: number): Promise<WrittenCheckpoint | undefined> {
    const path = checkpointOf(this.#folder, step)
    const sha256 = await checkpointHash(path)
    return sha256 === undefined ? undefined : { path, sha256, step }
  }
}
