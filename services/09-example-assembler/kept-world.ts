/** The world as it is kept between runs: below state/, as files that the runner knows by their checksums. */
import { constants, copyFileSync, createReadStream, existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { FileStore, Scratch } from '../../runtime/ports.ts'
import { filesOf } from './ranking.ts'
import { World, type WorldSettings } from './world.ts'

const keptFolder = 'state/examples'
const tablesName = 'world.mdb'

interface Places {
  readonly files: FileStore
  readonly scratch: Scratch
}

export function newWorld(settings: WorldSettings, { scratch }: Places): World {
  return new World(scratch.tablesIn(join(scratch.folder('world'), tablesName), 'write'), settings)
}

/** As it was kept, to be read: of its rankings the figures alone. */
export function keptWorld(settings: WorldSettings, { files, scratch }: Places): World {
  return new World(scratch.tablesIn(files.path(`${keptFolder}/${tablesName}`), 'read'), settings)
}

/** A copy of what was kept, to be brought up to date. */
export function copyOfKeptWorld(settings: WorldSettings, { files, scratch }: Places): World {
  const copy = join(scratch.folder('world'), tablesName)
  copyFileSync(files.path(`${keptFolder}/${tablesName}`), copy, constants.COPYFILE_FICLONE)
  const world = new World(scratch.tablesIn(copy, 'write'), settings)
  for (const ranking of world.rankings) {
    for (const { base, folder } of world.layersOf(ranking)) {
      ranking.open({ base, folder: files.path(`${keptFolder}/${folder}`) })
    }
  }
  return world
}

/** Where the next layer of a ranking is made. */
export function layerFolder(
  language: string,
  kind: string,
  base: number,
  { scratch }: Pick<Places, 'scratch'>,
): string {
  return join(scratch.folder('layers'), `${language}-${kind}-${base}`)
}

/** Keeps the world in place of what was kept, and closes it. */
export async function keepWorld(world: World, { files, scratch }: Places): Promise<void> {
  const sources: { readonly path: string; readonly address: string }[] = []
  for (const ranking of world.rankings) {
    const layers = ranking.layers.map((layer) => ({ ...layer, folder: basename(layer.folder) }))
    world.noteLayers(ranking, layers)
    for (const layer of ranking.layers) {
      for (const path of filesOf(layer)) {
        sources.push({ path, address: `${keptFolder}/${basename(layer.folder)}/${relative(layer.folder, path)}` })
      }
    }
  }
  await world.close()
  for (const { path, address } of sources) await files.write(address, createReadStream(path))
  await files.write(`${keptFolder}/${tablesName}`, createReadStream(join(scratch.folder('world'), tablesName)))
  removeOthers(files.path(keptFolder), new Set(sources.map(({ address }) => address.split('/')[2]!)))
}

function removeOthers(folder: string, layers: ReadonlySet<string>): void {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (entry.isDirectory() && !layers.has(entry.name)) rmSync(join(folder, entry.name), { recursive: true })
  }
}
