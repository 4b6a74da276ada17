/** `{{US$|21 million}}` → `US$21 million`: amounts of money as a reader sees them. */
import type { InlineTemplate } from './inline-templates.ts'

/** Names of templates and ISO 4217 codes, in lower case, by the sign that stands before the amount. */
const namesBySign: Readonly<Record<string, string>> = {
  US$: 'us$|usd|usdollar|us dollar',
  '£': 'gbp|£|pound sterling|gbp£',
  '€': 'eur|euro|€',
  '¥': 'jpy|japanese yen|yen|¥',
  '₩': 'krw|₩|south korean won|korean won|대한민국 원',
  'CN¥': 'cny|rmb|cn¥|renminbi',
  A$: 'aud|a$|au$',
  C$: 'cad|c$|ca$|cad$',
  NZ$: 'nzd|nz$|nzd$',
  HK$: 'hkd|hk$|hkd$',
  NT$: 'twd|nt$|ntd',
  S$: 'sgd|s$',
  '₹': 'inr|₹|indian rupee|rupee|indianrupee',
  '₱': 'php|₱|philippine peso',
  '₽': 'rub|₽|russian ruble',
  '₪': 'ils|₪|nis',
  '₫': 'vnd|₫',
  '฿': 'thb|฿',
  '₺': 'try|₺',
  R$: 'brl|r$|brl$',
  R: 'zar',
}
const signs = new Map(
  Object.entries(namesBySign).flatMap(([sign, names]) => names.split('|').map((name) => [name, sign] as const)),
)

/** `{{currency|1,000|JPY}}`; a currency that has no sign here is its code. */
const currency: InlineTemplate = (p) => {
  const code = p.at(2) || p.named('type') || 'USD'
  return `${signs.get(code.toLowerCase()) ?? code}${p.at(1)}`
}

/** The template of that lower-case name, or undefined. The sign alone is what it reads as without an amount. */
export function currencyTemplate(name: string): InlineTemplate | undefined {
  if (name === 'currency') return currency
  const sign = signs.get(name)
  return sign === undefined ? undefined : (p) => sign + p.at(1)
}
