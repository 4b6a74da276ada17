import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({ languages: languagePair })
