/** An exported model with its search index, as the commands and the report use it. */
import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import type { LanguagePair } from '../language/pair.ts'
import { languageByLetters } from '../language/script.ts'
import { isSparseModel } from '../model/sparse-folder.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { Lead } from '../search/lead-index.ts'
import { findExport } from './outputs.ts'
import { languagesOf, readRecord } from './run-record.ts'
import type { Workspace } from './workspace.ts'

export interface ActivatedTerm {
  readonly term: string
  readonly weight: number
  /** A language of the pair, by its letters; `other` for digits, signs and what is written alike in both. */
  readonly language: string
}

export interface LeadHit {
  readonly language: string
  readonly title: string
  readonly lead: string
  readonly score: number
}

export interface SearchModel {
  readonly name: string
  readonly languages: LanguagePair
  /** All activated terms of a text, heaviest first. */
  terms(text: string, as: 'document' | 'query'): Promise<readonly ActivatedTerm[]>
  /** The terms that a text says itself: its tokens. */
  tokens(text: string): readonly string[]
  /** Leads of articles by the terms that they share with the text; of one language where given. */
  search(text: string, k: number, language?: string): Promise<readonly LeadHit[]>
  /** Of all articles that can be found. */
  leads(): Promise<readonly Lead[]>
  close(): Promise<void>
}

/** Opens the model that --model means, lets it be used, and closes it. */
export async function withSearchModel<T>(
  workspace: Workspace,
  model: string | undefined,
  use: (opened: SearchModel) => Promise<T>,
): Promise<T> {
  const opened = await openSearchModel(modelFolder(workspace, model), languagesOf(readRecord(workspace.runFile)))
  try {
    return await use(opened)
  } finally {
    await opened.close()
  }
}

/** The folder that --model means: a folder, the name of an export, or without it the latest export. */
export function modelFolder(workspace: Workspace, model: string | undefined): { name: string; folder: string } {
  if (model !== undefined && isSparseModel(model)) {
    return { name: model, folder: isAbsolute(model) ? model : resolve(model) }
  }
  const found = findExport(workspace, model)
  if (found) return found
  throw new ConfigError('MODEL_MISSING', model === undefined ? 'there is no exported model' : `no model ${model}`, {
    at: { file: join(workspace.models, 'exports') },
    hint: 'Make one with naru run, or name its folder with --model.',
  })
}

/** Loads the encoder; the index is loaded with the first search. `languages`: those that its terms are told apart by. */
export async function openSearchModel(
  { name, folder }: { name: string; folder: string },
  languages: LanguagePair,
): Promise<SearchModel> {
  const { loadSparseModel } = await import('../model/sparse-model.ts')
  const encoder = await loadSparseModel(folder)
  const languageOf = languageByLetters(languages)
  const indexFolder = join(folder, 'search')
  const openIndex = once(async () => {
    if (!existsSync(indexFolder)) {
      throw new ConfigError('INDEX_MISSING', 'the model has no search index', {
        at: { file: indexFolder },
        hint: 'naru evaluate --keep makes it.',
      })
    }
    const { openLeadIndex } = await import('../search/lead-index.ts')
    return openLeadIndex(indexFolder)
  })
  const encode = async (text: string, as: 'document' | 'query') => {
    const encodeTexts = as === 'query' ? (encoder.encodeQueries ?? encoder.encode) : encoder.encode
    return (await encodeTexts([text.normalize('NFC')]))[0]!
  }
  return {
    name,
    languages,
    terms: async (text, as) => {
      const vector = await encode(text, as)
      const terms = encoder.termsOf(vector, vector.terms.length)
      return terms.map(({ term, weight }) => ({ term, weight, language: languageOf(term) ?? 'other' }))
    },
    tokens: (text) => encoder.contentIds(text.normalize('NFC')).map((id) => encoder.decode(id)),
    search: async (text, k, language) =>
      (await openIndex()).search(await encode(text, 'query'), k, language === undefined ? {} : { language }),
    leads: async () => (await openIndex()).leads,
    close: () => encoder.close(),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
