"""Searches the passages with bm25s, one thread; protocol: search-naru.ts. BACKEND is numpy (scipy's matrices) or numba.

  python search_bm25s.py PASSAGES QUERIES K FOLDER BACKEND
"""
import json
import resource
import sys
import time

import bm25s

passages_file, queries_file, k, _, backend = sys.argv[1:6]
passages = [line.split() for line in open(passages_file, encoding="utf-8")]
queries = [line.split() for line in open(queries_file, encoding="utf-8")]
k = int(k)


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


start = time.process_time()
index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=backend)
index.index(passages, show_progress=False)
print(json.dumps({"buildCpuSeconds": time.process_time() - start, "peakMegabytes": peak_megabytes()}), flush=True)

for _ in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    documents, scores = index.retrieve(queries, k=k, n_threads=1, show_progress=False)
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    hits = [[[int(d), float(s)] for d, s in zip(documents[q], scores[q])] for q in range(min(50, len(queries)))]
    print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "peakMegabytes": peak_megabytes(), "hits": hits}), flush=True)
