/** Synonym rules in the format of Solr, as Lucene's SolrSynonymParser and OpenSearch's synonym_graph filter read them. */

/**
 * A term with the characters escaped that the format gives a meaning: backslash, comma, the arrow, and a hash at the
 * beginning, which makes the line a comment. Line feeds, which end a rule, are spaces. Source: SolrSynonymParser.java of
 * Lucene 9.12 (`split`, `unescape`).
 */
function escapeTerm(term: string): string {
  return term.replace(/\s+/g, ' ').replace(/[\\,]/g, '\\$&').replaceAll('=>', '\\=>').replace(/^#/, '\\#')
}

/** `a, b => a, b, c`: wherever one of the terms stands, all of the expansions stand too. */
export function explicitRule(terms: readonly string[], expansions: readonly string[]): string {
  const list = (names: readonly string[]) => names.map(escapeTerm).join(', ')
  return `${list(terms)} => ${list(expansions)}`
}

/**
 * Whether an analyser would take from a term what tells it from another: C# and C++ are both `c` to the standard tokenizer,
 * .NET is `net`, and a rule of theirs would be one for every c and every net. AT&T stays two tokens and its own.
 */
export function losesItsName(term: string): boolean {
  return /^\.|(?<![\p{L}\p{N}])[\p{S}#%&*@]|[\p{S}#%&*@](?![\p{L}\p{N}])/u.test(term)
}
