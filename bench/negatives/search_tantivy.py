"""Searches the passages with tantivy, one thread, one segment on disk; protocol: search-naru.ts.

  python search_tantivy.py PASSAGES QUERIES K FOLDER
"""
import json
import os
import resource
import sys
import time

import tantivy

passages_file, queries_file, k, folder = sys.argv[1:5]
queries = [line.split() for line in open(queries_file, encoding="utf-8")]
k = int(k)
# tantivy has kept the constant factor k1 + 1 that Lucene left out.
FACTOR = 2.2


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


start = time.process_time()
builder = tantivy.SchemaBuilder()
builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
builder.add_integer_field("number", stored=True)
schema = builder.build()
os.makedirs(folder, exist_ok=True)
index = tantivy.Index(schema, path=folder)
writer = index.writer(heap_size=500_000_000, num_threads=1)
with open(passages_file, encoding="utf-8") as passages:
    for number, line in enumerate(passages):
        writer.add_document(tantivy.Document(text=line.rstrip("\n"), number=number))
writer.commit()
writer.wait_merging_threads()
index.reload()
searcher = index.searcher()
print(
    json.dumps(
        {
            "buildCpuSeconds": time.process_time() - start,
            "peakMegabytes": peak_megabytes(),
            "segments": searcher.num_segments,
        }
    ),
    flush=True,
)


def weighted(tokens):
    """A term that occurs twice counts twice, as it does for the others."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", token, index_option="freq")) for token in tokens]
    )


for _ in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    found = [searcher.search(weighted(query), limit=k, count=False).hits for query in queries]
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    hits = [[[searcher.doc(address)["number"][0], score / FACTOR] for score, address in found[q]] for q in range(min(50, len(queries)))]
    print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "peakMegabytes": peak_megabytes(), "hits": hits}), flush=True)
