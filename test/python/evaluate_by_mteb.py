"""Loads a task folder by mteb's own retrieval task, has it judge an encoder of shared letters, and prints what it saw, as JSON."""

import json
import sys

import mteb
import numpy as np
from mteb.abstasks import AbsTaskRetrieval
from mteb.abstasks.task_metadata import TaskMetadata
from mteb.models import ModelMeta


class Letters:
    """A text's letters, hashed: a query finds the document that has its letters."""

    def encode(self, inputs, *, task_metadata, hf_split, hf_subset, prompt_type=None, **kwargs):
        rows = []
        for batch in inputs:
            for text in batch["text"]:
                row = np.zeros(4096, dtype=np.float32)
                for letter in text:
                    row[ord(letter) % 4096] = 1
                rows.append(row)
        return np.stack(rows)

    def similarity(self, left, right):
        return np.asarray(left) @ np.asarray(right).T

    def similarity_pairwise(self, left, right):
        return (np.asarray(left) * np.asarray(right)).sum(axis=1)

    @property
    def mteb_model_meta(self):
        return ModelMeta.create_empty({"name": "naru/letters", "revision": "1"})


class Task(AbsTaskRetrieval):
    metadata = TaskMetadata(
        name="NaruTask",
        description="A task that naru wrote.",
        type="Retrieval",
        category="t2t",
        modalities=["text"],
        dataset={"path": sys.argv[1], "revision": "1"},
        eval_splits=["test"],
        eval_langs=["kor-Hang", "eng-Latn"],
        main_score="ndcg_at_10",
        reference=None,
        date=None,
        domains=None,
        task_subtypes=None,
        license=None,
        annotations_creators=None,
        dialect=None,
        sample_creation=None,
        bibtex_citation=None,
    )


task = Task()
task.load_data()
loaded = task.dataset["default"]["test"]
result = mteb.evaluate(Letters(), task, cache=None, overwrite_strategy="always")
print(
    json.dumps(
        {
            "corpus": loaded["corpus"]["id"][:],
            "queries": loaded["queries"]["text"][:],
            "judged": loaded["relevant_docs"],
            "ndcg": result.task_results[0].scores["test"][0]["ndcg_at_10"],
        },
        ensure_ascii=False,
    )
)
