"""BM25 scores by the bm25s library and by the formula written out (pip install bm25s numpy; made with bm25s 0.3.16).

  python bm25.py > bm25.json
"""
import json
import math
import random
import sys
from collections import Counter

import bm25s

K1, B = 1.2, 0.75
random.seed(20240607)
vocabulary = [f"t{i}" for i in range(60)]
weights = [1 / (i + 1) for i in range(60)]
documents = [random.choices(vocabulary, weights, k=random.randint(1, 40)) for _ in range(80)] + [["t0"], [], ["t0", "t0"]]
queries = [random.choices(vocabulary, weights, k=random.randint(1, 6)) for _ in range(25)] + [["t59", "t59", "unknown"], ["unknown"]]

n = len(documents)
mean_length = sum(map(len, documents)) / n
df = Counter(t for d in documents for t in set(d))


def formula(query, document):
    tf = Counter(document)
    return sum(
        math.log(1 + (n - df[t] + 0.5) / (df[t] + 0.5)) * tf[t] / (tf[t] + K1 * (1 - B + B * len(document) / mean_length))
        for t in query
        if t in tf
    )


library = bm25s.BM25(method="lucene", k1=K1, b=B)
# bm25s counts a document without tokens as one of length 0 only when given ids.
vocab = {t: i for i, t in enumerate(vocabulary)}
library.index(([[vocab[t] for t in d] for d in documents], vocab), show_progress=False)
by_library = [[float(s) for s in library.get_scores([t for t in q if t in vocab])] if any(t in vocab for t in q) else [0.0] * n for q in queries]
json.dump(
    {
        "documents": documents,
        "queries": queries,
        "formula": [[formula(q, d) for d in documents] for q in queries],
        "bm25s": by_library,
    },
    sys.stdout,
)
print()
