/** Reads the Dockerfile: the instructions of a stage, one value each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'

interface Instruction {
  readonly name: string
  readonly rest: string
}

function stageOf(stage: string): Instruction[] {
  const lines = readFileSync(join(packageRoot, 'Dockerfile'), 'utf8').split('\n')
  const begin = lines.findIndex((line) => line.startsWith('FROM ') && line.endsWith(` AS ${stage}`))
  const end = lines.findIndex((line, index) => index > begin && line.startsWith('FROM '))
  return lines.slice(begin + 1, end).flatMap((line) => {
    const found = /^([A-Z]+) (.*)$/.exec(line)
    return found ? [{ name: found[1]!, rest: found[2]! }] : []
  })
}

/** Shell commands of the build stage, in their order. */
export function buildSteps(): string[] {
  return stageOf('build').flatMap(({ name, rest }) => (name === 'RUN' ? [rest] : []))
}

export interface Image {
  readonly environment: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly healthcheck: readonly string[]
  readonly user: string
}

export function imageOf(stage: string): Image {
  const instructions = stageOf(stage)
  const value = (wanted: string): string => instructions.find(({ name }) => name === wanted)?.rest ?? ''
  const list = (text: string): string[] => JSON.parse(text.slice(text.indexOf('[')))
  return {
    environment: Object.fromEntries(
      value('ENV')
        .split(' ')
        .map((pair) => pair.split('=') as [string, string]),
    ),
    entrypoint: list(value('ENTRYPOINT')),
    healthcheck: list(value('HEALTHCHECK')),
    user: value('USER'),
  }
}
