/** What only the outside knows; each name is asked once, see names.ts. Pointers, lengths and results are 32 bits. */

/** The code point of an HTML entity without `&` and `;`, or 0; of two characters, the second in the upper 16 bits. */
@external('env', 'entity')
export declare function entity(at: usize, length: usize): i32
/** The upper case of a code point where it is one code point of the same UTF-16 length, or the code point itself. */
@external('env', 'upper')
export declare function upper(codePoint: i32): i32
/** Unicode's NFC of the bytes, written back at `at` where there is room for three times the length; its length. */
@external('env', 'compose')
export declare function compose(at: usize, length: usize): i32
/** What a link prefix is, see `Prefix` in templates.ts. */
@external('env', 'prefix')
export declare function prefix(at: usize, length: usize): i32
/** What an option of a file link is, see `ImageOption` in templates.ts; of a long `name=value`, up to its `=`. */
@external('env', 'imageOption')
export declare function imageOption(at: usize, length: usize): i32
/** 1 where the word between two pairs of underscores is a behaviour switch on this wiki, else 0. */
@external('env', 'pageSwitch')
export declare function pageSwitch(at: usize, length: usize): i32
/** What a template is, see `Template` in templates.ts. */
@external('env', 'template')
export declare function template(at: usize, length: usize): i32
/**
 * Runs the handler of a template over its parts (triples of offsets in the source: start, end, first `=` or −1). It
 * may call `expandPart`; what it says is written with `reserve`. Returns the bytes written.
 */
@external('env', 'handle')
export declare function handle(handler: i32, partsAt: usize, count: i32): i32
/** The particle after a word: the bytes written with `reserve`. */
@external('env', 'particle')
export declare function particle(which: i32, at: usize, length: usize): i32
/** Finds the glosses in the text after a name and adds each by `addGloss`. */
@external('env', 'glosses')
export declare function glosses(at: usize, length: usize): void
/** Reads where a redirect leads from the start of its text, and sets it by `setRedirect`. */
@external('env', 'redirect')
export declare function redirect(at: usize, length: usize): void
/** What the title says about the page: 0 nothing, or a `PageKind`. */
@external('env', 'titleKind')
export declare function titleKind(at: usize, length: usize): i32
/** Writes a number as JavaScript does at `at`, at most 32 bytes; how many. */
@external('env', 'number')
export declare function number(value: f64, at: usize): i32
