/** How a models folder is laid out: folders by model below each kind of thing. */
import { existsSync, readdirSync, statSync } from 'node:fs'

export const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => name)
    : []

export function changedMs(path: string): number {
  return statSync(path).mtimeMs
}
