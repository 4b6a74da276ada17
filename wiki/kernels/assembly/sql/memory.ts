/**
 * Where everything lies: what has a bound at fixed addresses, then the values that rows are asked for, the line, and
 * the texts that were found in it, which may be of any length.
 */

/** MediaWiki's widest table has 16 columns. A row with more fields than this is no row. */
export const mostFields: u32 = 256
/** Columns of a kind that may be asked for. */
export const mostAsked: u32 = 16
/** Rows that are given at a time. */
export const mostRows: u32 = 4096
export const mostFaults: u32 = 256

/** What may be read or written past the end of a region by a step of 16 bytes. */
export const slack: usize = 64

export const firstRegion: usize = 4096
/** Of a field: where it begins, where it ends, how it is written; see fields.ts. */
export const fields: usize = firstRegion
export const fieldBytes: usize = 12
/** The columns asked for as numbers and as texts (u32), in the order of the answer. */
export const numberColumns: usize = fields + <usize>mostFields * fieldBytes
export const textColumns: usize = numberColumns + <usize>mostAsked * 4
/** Row after row the numbers that were asked for (f64; NaN for NULL). */
export const numbers: usize = textColumns + <usize>mostAsked * 4
/** Row after row the texts that were asked for; see texts.ts. */
export const texts: usize = numbers + <usize>(mostRows * mostAsked) * 8
export const textBytes: usize = 8
export const segments: usize = texts + <usize>(mostRows * mostAsked) * textBytes
export const segmentEntryBytes: usize = 12
/** Of a row that is left out: why, where it begins, and which field or how many; see ../sql.ts. */
export const faults: usize = segments + <usize>(mostRows * mostAsked) * segmentEntryBytes
export const faultBytes: usize = 12
export const values: usize = faults + <usize>mostFaults * faultBytes

/** Grows the memory so that it reaches past `end`. */
export function reach(end: usize): void {
  const have = <usize>memory.size() << 16
  if (end + slack <= have) return
  const pages = ((end + slack - have) >> 16) + 1
  if (memory.grow(<i32>pages) < 0) unreachable()
}
