/** Numbers as people read them; every figure has its unit. */

export const none = '–'

export function count(value) {
  if (value === undefined || value === null) return none
  if (value < 10_000) return Math.round(value).toLocaleString('en')
  return short(value)
}

function short(value) {
  const scale = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  const number = value / scale[0]
  return `${number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} ${scale[1]}`
}

export function rate(value) {
  if (value === undefined || value === null) return none
  if (value === 0) return '0/s'
  return `${value < 10 ? value.toFixed(1) : count(value)}/s`
}

export function bytes(value) {
  if (value === undefined || value === null) return none
  if (value < 1000) return `${Math.round(value)} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let at = -1
  let scaled = value
  while (scaled >= 1000 && at < units.length - 1) {
    scaled /= 1000
    at++
  }
  return `${scaled < 10 ? scaled.toFixed(2) : scaled < 100 ? scaled.toFixed(1) : scaled.toFixed(0)} ${units[at]}`
}

/** MB/s throughout, so that edges compare. */
export function megabytes(perSecond) {
  if (perSecond === undefined || perSecond === null) return none
  const value = perSecond / 1e6
  return `${value === 0 ? '0' : value < 0.01 ? '<0.01' : value.toFixed(value < 10 ? 2 : 1)} MB/s`
}

export function duration(seconds) {
  if (seconds === undefined || seconds === null) return none
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`
  const hours = seconds / 3600
  return hours < 48
    ? `${Math.floor(hours)} h ${String(Math.round((seconds % 3600) / 60)).padStart(2, '0')} min`
    : `${(hours / 24).toFixed(1)} d`
}

export function cores(value) {
  return value === undefined || value === null ? none : value.toFixed(2)
}

export function share(value) {
  return `${(value * 100).toFixed(0)} %`
}

export function clock(ms) {
  return new Date(ms).toLocaleTimeString('en-GB')
}

/** Day and minute. */
export function date(ms) {
  return new Date(ms).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
}

/** At an axis, whose steps are round. */
export function tick(value) {
  const size = Math.abs(value)
  if (size !== 0 && size < 0.0001) return value.toExponential(0)
  return size >= 10_000 ? short(value) : String(Number(value.toPrecision(4)))
}

export function figure(value) {
  if (value === undefined || value === null) return none
  const size = Math.abs(value)
  if (size !== 0 && size < 0.001) return value.toExponential(1)
  return size >= 1000 ? count(value) : value.toFixed(size < 10 ? 3 : 1)
}
