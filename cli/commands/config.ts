/** naru config show: every setting, resolved as for a run, with where it comes from. */
import { relative } from 'node:path'
import { loadService } from '../../runtime/load.ts'
import { gatherLayers, originsOf, resolveSettings, settingsIn, type Tree } from '../../runtime/settings.ts'
import { serviceIds } from '../../topology.ts'
import { type InputFlags, pickInputFlags, settingsSources } from '../flags.ts'
import { print, printJson } from '../print.ts'
import { fitWidth, renderTable } from '../table.ts'

export interface ConfigShowFlags extends InputFlags {
  readonly changed?: boolean
  readonly json?: boolean
}

interface ShownSetting {
  /** Such as `trainer.training.epochs`. */
  readonly key: string
  readonly value: unknown
  /** A YAML file, the name of an environment variable, `flags` or `default`. */
  readonly origin: string
}

const widestValue = 60

/** Throws as `resolveSettings`, and where a file or an input is missing. */
export async function showConfig(prefix: string | undefined, flags: ConfigShowFlags): Promise<void> {
  const settings = (await settingsWithOrigins(flags))
    .filter(({ key }) => prefix === undefined || key === prefix || key.startsWith(`${prefix}.`))
    .filter(({ origin }) => !flags.changed || origin !== 'default')
  if (flags.json) {
    printJson(settings)
    return
  }
  const rows = settings.map(({ key, value, origin }) => [key, fitWidth(JSON.stringify(value), widestValue), origin])
  print(renderTable([{ title: 'setting' }, { title: 'value' }, { title: 'origin' }], rows).join('\n'))
}

async function settingsWithOrigins(given: InputFlags): Promise<readonly ShownSetting[]> {
  const flags = pickInputFlags(given)
  const layers = gatherLayers(settingsSources(flags))
  const shown: ShownSetting[] = []
  for (const id of serviceIds) {
    const { settings: schema } = await loadService(id)
    const ofService = layers[id] ?? []
    const values = ofService.map((layer) => layer.values)
    const origins = originsOf(schema, ofService)
    for (const [path, value] of settingsIn(resolveSettings(id, schema, values) as Tree)) {
      shown.push({ key: `${id}.${path}`, value, origin: readable(origins.get(path) ?? 'default') })
    }
  }
  return shown
}

/** Files as seen from here, where that is shorter. */
function readable(origin: string): string {
  const fromHere = relative(process.cwd(), origin)
  return origin.startsWith('/') && fromHere.length < origin.length ? fromHere : origin
}
