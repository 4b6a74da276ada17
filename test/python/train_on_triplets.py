"""One step of sentence-transformers' own trainer on triplets: python train_on_triplets.py TRIPLETS.jsonl FOLDER"""
import json
import sys
from pathlib import Path

import torch
from datasets import load_dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
    losses,
    models,
)
from transformers import BertConfig, BertModel, BertTokenizerFast

triplets, folder = sys.argv[1], Path(sys.argv[2])
rows = load_dataset("json", data_files=triplets, split="train", cache_dir=str(folder / "cache"))
rows = rows.select_columns(["query", "positive_doc", "negative_doc"])

# An encoder of nothing but letters, small enough for a test: what counts is that the trainer takes the rows.
letters = sorted({letter for row in rows for text in row.values() for letter in text if letter.strip()})
base = folder / "base"
base.mkdir(parents=True)
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
(base / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
BertTokenizerFast(vocab_file=str(base / "vocab.txt")).save_pretrained(base)
torch.manual_seed(1)
size = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(base)

transformer = models.Transformer(str(base), max_seq_length=16)
model = SentenceTransformer(modules=[transformer, models.Pooling(16)], device="cpu")
before = [weights.detach().clone() for weights in model.parameters()]
arguments = SentenceTransformerTrainingArguments(
    output_dir=str(folder / "out"),
    max_steps=1,
    per_device_train_batch_size=4,
    learning_rate=0.01,
    warmup_steps=0,
    report_to=[],
    save_strategy="no",
    use_cpu=True,
)
trainer = SentenceTransformerTrainer(
    model=model, args=arguments, train_dataset=rows, loss=losses.MultipleNegativesRankingLoss(model)
)
result = trainer.train()
moved = sum(float((new.detach() - old).abs().sum()) for new, old in zip(model.parameters(), before))
print(
    json.dumps(
        {
            "rows": len(rows),
            "columns": rows.column_names,
            "steps": result.global_step,
            "loss": result.training_loss,
            "moved": moved,
        }
    )
)
