/**
 * Where everything lies in the kernel's memory: fixed addresses, as every size has a bound in the format. Sizes are in
 * bytes. Each region is followed by room for the widest store or load that may reach past its end.
 */

/** Bytes of a block before the run-length coding of its text is undone: 100,000 a level, nine levels. */
export const longestBlock: usize = 900_000
/** Symbols coded with one table: a selector names the table of the next 50. */
export const symbolsPerSelector: u32 = 50
/** ⌈900,001 symbols / 50⌉: more selectors than this are read and left alone, as bzip2 does since 1.0.8. */
export const mostSelectors: u32 = 18_002
export const mostTables: u32 = 6
/** Two run symbols, 255 places of the move-to-front list and the end of the block. */
export const mostSymbols: u32 = 258
export const longestCode: u32 = 20

const firstRegion: usize = 4096
/** Eight tables of 256 remainders of the CRC. */
export const remainders: usize = firstRegion
/** Sixteen rows of 16 indices: row k moves byte k to the front. */
export const rotations: usize = remainders + 8 * 1024
/** The 256 bytes ordered by last use. */
export const recent: usize = rotations + 256
export const selectors: usize = recent + 256 + 64
export const codeLengths: usize = selectors + 18_002 + 14
/** Huffman tables, `tableBytes` each; see codes.ts. */
export const tables: usize = codeLengths + 272
export const tableBytes: usize = 4096
/** How often each byte occurs in the block (u32), then where its next one goes. */
export const counts: usize = tables + 6 * tableBytes

/** The list of arcs, 880 at most, and the arc of each lane (u32); see transform.ts. */
export const arcs: usize = counts + 1024
export const arcBytes: usize = 16
export const laneArcs: usize = arcs + 1024 * arcBytes

export const input: usize = 81_920
/**
 * Room for the longest block that a compressor could write: 900,001 codes of 20 bits, 32,767 selectors of 6, and tables
 * (2.3 MB), and as much as is read at a time.
 */
export const inputBytes: usize = 3 << 20
/** What may be read past the end of the input before that is noticed: selectors, 50 codes. */
const inputSlack: usize = 65_536

/** Positions of marks found by a scan (u32). */
export const marks: usize = input + inputBytes + inputSlack
export const mostMarks: u32 = 16_384

/** Decoded text, up to `outputBytes` at a time; a run may reach past that. */
export const output: usize = marks + <usize>mostMarks * 4
export const outputBytes: usize = 1 << 20
const outputSlack: usize = 1024

/** The bytes of a block: the last column of its matrix, then its text. */
export const column: usize = output + outputBytes + outputSlack
/** From each place of the first column to that in the last (u32); see transform.ts. */
export const links: usize = column + longestBlock + 256
/** What each lane of the walk over the links has written. */
export const lanes: usize = links + longestBlock * 4 + 256
export const laneCount: u32 = 8
export const laneBytes: usize = longestBlock + 256

const wholeMemory: usize = lanes + <usize>laneCount * laneBytes

/** Grows the memory to all of the above: 16 MB, whatever is decoded. */
export function reserveMemory(): void {
  const pages = <i32>((wholeMemory + 65_535) >> 16) - memory.size()
  if (__heap_base > firstRegion || (pages > 0 && memory.grow(pages) < 0)) unreachable()
}
