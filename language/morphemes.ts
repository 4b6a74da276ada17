/**
 * Korean morphemes by lindera-wasm with its ko-dic (MeCab's dictionary for Korean). Chosen by measuring: see
 * docs/decisions/0008. It takes 0.7 s and 270 MB, so it is loaded when first asked for.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface Morpheme {
  readonly text: string
  /** Tag of the Sejong corpus, several for a contraction: NNP for a proper noun, JX, VV+EC. */
  readonly tag: string
  /** Where it begins, in UTF-16 code units. */
  readonly at: number
}

export interface MorphemeAnalyser {
  /** The morphemes of a text in its order; spaces are none. */
  morphemesOf(text: string): Morpheme[]
}

interface LinderaToken {
  readonly surface: string
  readonly partOfSpeechTag?: string
  /** In UTF-8. */
  readonly byteStart: number
}

let loading: Promise<MorphemeAnalyser> | undefined

export function loadMorphemes(): Promise<MorphemeAnalyser> {
  loading ??= load()
  return loading
}

async function load(): Promise<MorphemeAnalyser> {
  const { initSync, TokenizerBuilder } = await import('lindera-wasm')
  const file = createRequire(import.meta.url).resolve('lindera-wasm/lindera_wasm_bg.wasm')
  initSync({ module: readFileSync(file) })
  const builder = new TokenizerBuilder()
  builder.setDictionary('embedded://ko-dic')
  builder.setMode('normal')
  const tokenizer = builder.build()
  return {
    morphemesOf(text) {
      const bytes = Buffer.from(text)
      let [byte, at] = [0, 0]
      return (tokenizer.tokenize(text) as LinderaToken[]).flatMap(({ surface, partOfSpeechTag = '', byteStart }) => {
        at += bytes.toString('utf8', byte, byteStart).length
        byte = byteStart
        return surface.trim() === '' ? [] : [{ text: surface, tag: partOfSpeechTag, at }]
      })
    },
  }
}
