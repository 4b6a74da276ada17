import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ConfigError } from '../../runtime/errors.ts'
import { writeFailure } from '../../runtime/files.ts'
import { layout, partIn } from './layout.ts'

/**
 * An export that is being written, in a folder beside its place: on the same disk, so that it can be moved, and hidden, so that
 * those who list exports do not see it.
 */
export class Draft {
  readonly folder: string
  readonly #place: string

  /**
   * Begins an empty one. Throws ConfigError EXPORT_PLACE_TAKEN where the place holds something that is no export: it would be
   * removed in the end.
   */
  static async begin(place: string): Promise<Draft> {
    const there = await readdir(place).catch(() => [])
    if (there.length > 0 && !existsSync(join(place, layout.manifest))) {
      throw new ConfigError('EXPORT_PLACE_TAKEN', 'the folder holds something that is no export', {
        at: { file: place },
        hint: 'give a folder that is not there yet, or that of an export, which is replaced',
      })
    }
    const draft = new Draft(place)
    await draft.discard()
    await mkdir(draft.folder, { recursive: true })
    return draft
  }

  private constructor(place: string) {
    this.#place = place
    this.folder = join(dirname(place), `.${basename(place)}.draft`)
  }

  /** Path of a part, which is named as in `layout`. */
  path(part: string): string {
    return partIn(this.folder, part)
  }

  /** Writes a new file and syncs it. Throws FatalError DISK_FULL. */
  async write(part: string, content: string | Uint8Array | Iterable<Uint8Array>): Promise<void> {
    const file = this.path(part)
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(file, 'wx')
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content)
      else for (const piece of content) await handle.writeFile(piece)
      await handle.sync()
    } catch (cause) {
      throw writeFailure(file, cause)
    } finally {
      await handle.close()
    }
  }

  /** Moves the whole folder to its place. What was there goes as a whole: a reader never finds parts of two exports. */
  async publish(): Promise<void> {
    const replaced = join(dirname(this.#place), `.${basename(this.#place)}.replaced`)
    await rm(replaced, { recursive: true, force: true })
    if (existsSync(this.#place)) await rename(this.#place, replaced)
    await rename(this.folder, this.#place)
    await rm(replaced, { recursive: true, force: true })
  }

  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}
