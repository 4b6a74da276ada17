"""Figures of rankings by ir_measures (trec_eval's own code), and of differences by scipy and statsmodels.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install ir_measures scipy statsmodels
    /tmp/venv/bin/python test/evaluation/reference/make_reference.py

Writes metrics.json and statistics.json beside itself; each names the versions that made it.
"""

import json
import pathlib
import platform
import random

import ir_measures
import numpy
import scipy
import statsmodels
from ir_measures import RR, R, Success, nDCG
from scipy.stats import bootstrap
from statsmodels.stats.multitest import multipletests

HERE = pathlib.Path(__file__).parent
MADE_WITH = {
    "python": platform.python_version(),
    "ir_measures": ir_measures.__version__,
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
    "statsmodels": statsmodels.__version__,
}
MEASURES = {"hit@1": Success @ 1, "mrr@10": RR @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "ndcg@10": nDCG @ 10}


def rankings(rng):
    """Runs without ties, which trec_eval breaks by name; judgements graded, some documents never found, two queries without a run."""
    run, qrels = {}, {}
    for query in range(40):
        documents = [f"d{n}" for n in range(150)]
        rng.shuffle(documents)
        # Sums of distinct parts: no two are the same.
        scores = rng.sample(range(-5000, 5000), len(documents))
        if query < 38:
            run[f"q{query}"] = {document: score / 16 for document, score in zip(documents[:130], scores)}
        judged = rng.sample(documents, rng.choice([1, 1, 2, 5, 20]))
        qrels[f"q{query}"] = {document: rng.choice([1, 1, 2, 3]) for document in judged}
        # Judged and found wrong.
        qrels[f"q{query}"].update({document: 0 for document in rng.sample(documents, 3) if document not in judged})
    # Right documents near the top, so that the figures are not all 0.
    for query, ofQuery in run.items():
        for document, gain in qrels[query].items():
            if gain > 0 and document in ofQuery and rng.random() < 0.6:
                ofQuery[document] = 320 + len(ofQuery) + rng.random()
    return run, qrels


def metrics():
    run, qrels = rankings(random.Random(20261127))
    found = list(ir_measures.iter_calc(list(MEASURES.values()), qrels, run))
    by_query = {}
    for name, measure in MEASURES.items():
        for metric in found:
            if metric.measure == measure:
                by_query.setdefault(metric.query_id, {})[name] = metric.value
    means = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    return {
        "madeWith": MADE_WITH,
        "run": run,
        "qrels": qrels,
        "byQuery": by_query,
        "means": {name: means[measure] for name, measure in MEASURES.items()},
    }


def statistics():
    rng = numpy.random.default_rng(20261127)
    differences = {
        "hits": rng.choice([-1.0, 0.0, 0.0, 0.0, 1.0, 1.0], 400),
        "close": rng.choice([-1.0, 0.0, 1.0], 300),
        "ranks": rng.normal(0.02, 0.3, 250),
    }
    rows = []
    for name, values in differences.items():
        result = bootstrap((values,), numpy.mean, n_resamples=100_000, method="percentile", rng=rng)
        means = result.bootstrap_distribution
        rows.append(
            {
                "name": name,
                "differences": [round(float(value), 6) for value in values],
                "mean": float(values.mean()),
                "lower": float(result.confidence_interval.low),
                "upper": float(result.confidence_interval.high),
                "p": min(1.0, 2 * float(min((means <= 0).mean(), (means >= 0).mean()))),
            }
        )
    families = [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.001, 0.9, 0.013], [0.03, 0.03, 0.03], [0.7, 0.8]]
    holm = [{"p": family, "corrected": multipletests(family, method="holm")[1].tolist()} for family in families]
    return {"madeWith": MADE_WITH, "bootstrap": rows, "holm": holm}


def write(name, content):
    (HERE / name).write_text(json.dumps(content) + "\n", encoding="utf-8")
    print("wrote", name, (HERE / name).stat().st_size, "bytes")


write("metrics.json", metrics())
write("statistics.json", statistics())
