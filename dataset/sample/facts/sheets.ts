import { animals } from './animals.ts'
import { kings, koreanPlaces } from './korea.ts'
import { people } from './people.ts'
import type { SheetDomain } from './sheet-domain.ts'
import { bodies, figures, stars } from './sky.ts'

export const sheetDomains: readonly SheetDomain[] = [kings, koreanPlaces, bodies, stars, figures, animals, people]
