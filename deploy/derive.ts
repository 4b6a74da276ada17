/**
 * Writes what follows from the topology and the code: the reference pages in docs/reference/, docker-compose.yml, what the Helm
 * chart knows of the services, the monitor's drawing, alert rules and a board.
 *
 *   node --import tsx deploy/derive.ts            write them
 *   node --import tsx deploy/derive.ts --check    fail where one is stale, or where the topology and the tree disagree
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot } from '../runtime/package-root.ts'
import { serviceIds } from '../topology.ts'
import { alertsFile } from './pages/alerts.ts'
import { boardFile } from './pages/board.ts'
import { cliPage } from './pages/cli.ts'
import { composeFile } from './pages/compose.ts'
import { errorsPage } from './pages/errors.ts'
import { helmSchema, helmTopology } from './pages/helm.ts'
import { layoutFile } from './pages/layout.ts'
import { metricsPage } from './pages/metrics.ts'
import { settingsPage } from './pages/settings.ts'
import { topologyPage } from './pages/topology.ts'
import { shapeOf } from './shapes.ts'
import { faultsOfTopology } from './topology-faults.ts'

const note = '<!-- Derived by deploy/derive.ts; do not edit. `npm run generate` writes it anew. -->\n\n'

const yamlNote = '# Derived by deploy/derive.ts; do not edit. `npm run generate` writes it anew.\n'

async function derivedFiles(): Promise<Map<string, string>> {
  const shapes = await Promise.all(serviceIds.map(shapeOf))
  return new Map([
    ['docker-compose.yml', composeFile(shapes)],
    ['deploy/helm/naru/topology.yaml', helmTopology(shapes)],
    ['deploy/helm/naru/values.schema.json', helmSchema(shapes)],
    ['docs/reference/topology.md', note + topologyPage()],
    ['docs/reference/settings.md', note + (await settingsPage())],
    ['docs/reference/cli.md', note + cliPage()],
    ['docs/reference/errors.md', note + errorsPage(packageRoot)],
    ['docs/reference/metrics.md', note + (await metricsPage())],
    ['monitor/pages/layout.json', await layoutFile()],
    ['deploy/prometheus/alerts.yaml', yamlNote + alertsFile()],
    ['deploy/grafana/naru.json', boardFile()],
  ])
}

async function main(check: boolean): Promise<void> {
  const faults = faultsOfTopology(readdirSync(join(packageRoot, 'services')))
  for (const [file, content] of await derivedFiles()) {
    const path = join(packageRoot, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
    if (check) faults.push(`${file} is stale: run npm run generate`)
    else {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
    }
  }
  if (faults.length > 0) throw new Error(`drift:\n  ${faults.join('\n  ')}`)
}

await main(process.argv.includes('--check'))
