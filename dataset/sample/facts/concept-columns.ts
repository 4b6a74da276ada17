import { rows } from './rows.ts'

/** koDef is a noun phrase (…하는 절차), enDef one with its article; the facts are whole sentences; refs are English names. */
export const conceptColumns = [
  'ko',
  'en',
  'koDef',
  'enDef',
  'koFact',
  'enFact',
  'refs',
  'koAliases',
  'enAliases',
] as const

export function concepts(text: string) {
  return rows(conceptColumns, text)
}
