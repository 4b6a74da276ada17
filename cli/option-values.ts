/** What the values of options and arguments must look like; what is refused is said beside the option's name, exit code 2. */
import { InvalidArgumentError } from 'commander'

/** @param least the lowest number that is taken. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
  }
}

/** From 0 to below 1. */
export function share(text: string): number {
  const value = Number(text)
  if (text !== '' && value >= 0 && value < 1) return value
  throw new InvalidArgumentError('Give a number from 0 to below 1.')
}

/** Of an option that may be given several times. */
export function appended(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** Words parted by commas, each once. @param each what a word must match. @param such shown to whoever gives another. */
export function separated(each: RegExp, such: string): (text: string) => readonly string[] {
  return (text) => {
    const parts = text.split(',').map((part) => part.trim())
    if (parts.every((part) => each.test(part))) return [...new Set(parts)]
    throw new InvalidArgumentError(`Give ${such}.`)
  }
}

/** Names of analyzers of OpenSearch for the two languages of a pair. */
export function twoAnalyzers(text: string): readonly [string, string] {
  const [first, second, ...more] = text.split(',').map((part) => part.trim())
  const isName = (name: string | undefined): name is string => name !== undefined && /^[a-z][a-z0-9_-]*$/.test(name)
  if (more.length === 0 && isName(first) && isName(second)) return [first, second]
  throw new InvalidArgumentError('Give two names of analyzers with a comma between them, such as cjk,english.')
}
