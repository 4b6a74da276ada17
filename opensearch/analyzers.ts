/** By which analyzer a cluster makes words of a language: its own one of OpenSearch, or that of a plugin where it is installed. */
import { z } from 'zod'
import type { LanguagePair } from '../language/pair.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import type { Cluster } from './cluster.ts'

/** Of the first and of the second language of a pair. */
export type Analyzers = readonly [string, string]

/** For a language that OpenSearch has no analyzer of: words as Unicode parts them (UAX #29), lower-cased, none of them stemmed. */
const fallback = 'standard'

/** Source: OpenSearch's page of language analyzers. Those of cjk are pairs of characters. */
export const builtInAnalyzers: Readonly<Record<string, string>> = {
  ar: 'arabic',
  bg: 'bulgarian',
  bn: 'bengali',
  ca: 'catalan',
  ckb: 'sorani',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  et: 'estonian',
  eu: 'basque',
  fa: 'persian',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  gl: 'galician',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  ja: 'cjk',
  ko: 'cjk',
  lt: 'lithuanian',
  lv: 'latvian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  th: 'thai',
  tr: 'turkish',
  yue: 'cjk',
  zh: 'cjk',
}

/** Better ones, of plugins that a cluster may have. */
const pluginAnalyzers: Readonly<Record<string, { readonly plugin: string; readonly analyzer: string }>> = {
  ja: { plugin: 'analysis-kuromoji', analyzer: 'kuromoji' },
  ko: { plugin: 'analysis-nori', analyzer: 'nori' },
  pl: { plugin: 'analysis-stempel', analyzer: 'polish' },
  uk: { plugin: 'analysis-ukrainian', analyzer: 'ukrainian' },
  zh: { plugin: 'analysis-smartcn', analyzer: 'smartcn' },
}

/** @param plugins names of the plugins that the cluster has. */
export function analyzersOf([first, second]: LanguagePair, plugins: readonly string[]): Analyzers {
  const analyzerOf = (language: string): string => {
    const better = own(pluginAnalyzers, language)
    if (better && plugins.includes(better.plugin)) return better.analyzer
    return own(builtInAnalyzers, language) ?? fallback
  }
  return [analyzerOf(first), analyzerOf(second)]
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Asks the cluster for a word by each. Throws ConfigError ANALYZER_UNKNOWN. */
export async function requireAnalyzers(cluster: Cluster, analyzers: Analyzers): Promise<void> {
  for (const analyzer of new Set(analyzers)) {
    try {
      await cluster.ask(z.unknown(), 'POST', '/_analyze', { body: { analyzer, text: 'word' } })
    } catch (error) {
      if (!(error instanceof FatalError)) throw error
      throw new ConfigError('ANALYZER_UNKNOWN', `the cluster has no analyzer ${analyzer}`, {
        at: { url: cluster.url },
        hint: 'Name others with --analyzers, such as standard,english, or install the plugin on every node.',
        cause: error,
      })
    }
  }
}
