/** What the second pair of dumps, a month on, has otherwise than the first; subjects by their key, the English title in small letters. */
export interface Move {
  readonly key: string
  readonly title: string
}

export const moves: Readonly<Record<'ko' | 'en', readonly Move[]>> = {
  ko: [
    { key: 'chromium', title: '크롬 (원소)' },
    { key: 'germanium', title: '저마늄 (원소)' },
    { key: 'artificial neural network', title: '인공신경망' },
    { key: 'deep learning', title: '딥러닝' },
    { key: 'quicksort', title: '퀵소트' },
    { key: 'thailand', title: '타이' },
    { key: 'spain', title: '스페인' },
    { key: 'sejong the great', title: '조선 세종' },
    { key: 'giant panda', title: '대왕판다곰' },
    { key: 'turkish language', title: '터키어' },
  ],
  en: [
    { key: 'aluminium', title: 'Aluminum' },
    { key: 'caesium', title: 'Cesium' },
    { key: 'integrated circuit', title: 'Microchip' },
    { key: 'operating system', title: 'Computer operating system' },
    { key: 'turkey', title: 'Türkiye' },
    { key: 'ivory coast', title: "Côte d'Ivoire" },
    { key: 'sejong the great', title: 'Sejong of Joseon' },
    { key: 'cooked rice', title: 'Steamed rice' },
  ],
}

/** Pages that are gone from one wiki in the second dump. */
export const deletions: Readonly<Record<'ko' | 'en', readonly string[]>> = {
  ko: ['tennessine', 'hash table', 'recursion (computer science)', 'makemake', 'trombone'],
  en: ['moscovium', 'virtual machine', 'mokjong of goryeo', 'iapetus (moon)', 'librarian'],
}

/** Pairs that only the second dump has. */
export const arrivals: ReadonlySet<string> = new Set([
  'quantum computer',
  'blockchain',
  'oganesson',
  'cloud computing',
  'bong joon-ho',
  'han kang',
  'antwerp',
  'archery',
  'makgeolli',
  'esperanto',
])
