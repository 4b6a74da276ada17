"""Writes tiny random sparse encoders in the layouts of sentence-transformers and OpenSearch, and the vectors that those compute.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch transformers sentence-transformers
    /tmp/venv/bin/python test/model/reference/make_sparse_models.py [folder]      (default: sparse/ beside this file)

splade: MLMTransformer (BERT) and SpladePooling. distilbert: the same of a DistilBERT, with two logarithms. router: documents by a
network, queries by a table. opensearch: a masked language model with idf.json, computed as the model cards of OpenSearch have it.
Each has its vectors in expected.json, which names the versions that made it.
"""

import json
import pathlib
import platform
import shutil
import sys
import tempfile

import sentence_transformers
import torch
import transformers
from sentence_transformers import SparseEncoder
from sentence_transformers.sparse_encoder.modules import MLMTransformer, Router, SparseStaticEmbedding, SpladePooling

HERE = pathlib.Path(__file__).parent
TOKENIZER = HERE / "checkpoints" / "bert" / "tokenizer.json"
MADE_WITH = {
    "python": platform.python_version(),
    "torch": torch.__version__,
    "transformers": transformers.__version__,
    "sentence_transformers": sentence_transformers.__version__,
}
TEXTS = ["서울은 한국의 수도이다", "seoul is the capital of korea", "물 water water", "산", "rivers and mountains, 3!"]
KEPT = {"modules.json", "router_config.json", "config.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json", "idf.json"}


def base(folder, kind):
    tokenizer = transformers.BertTokenizerFast(
        tokenizer_file=str(TOKENIZER), do_lower_case=False, strip_accents=False
    )
    sizes = {"vocab_size": len(tokenizer), "max_position_embeddings": 32}
    if kind == "distilbert":
        config = transformers.DistilBertConfig(dim=16, n_layers=2, n_heads=2, hidden_dim=24, **sizes)
        model = transformers.DistilBertForMaskedLM(config)
    else:
        config = transformers.BertConfig(
            hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, **sizes
        )
        model = transformers.BertForMaskedLM(config)
    with torch.no_grad():
        for value in model.parameters():
            value.add_(torch.randn_like(value) * (0.3 if value.dim() > 1 else 0.1))
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return model, tokenizer


def rows(vectors):
    return [
        {int(term): round(float(row[term]), 6) for term in row.nonzero().flatten()} for row in torch.as_tensor(vectors)
    ]


def finish(folder, documents, queries):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in KEPT:
            path.unlink()
    content = {"madeWith": MADE_WITH, "texts": TEXTS, "documents": rows(documents), "queries": rows(queries)}
    (folder / "expected.json").write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print("wrote", folder.name, total, "bytes", file=sys.stderr)


def sentence_transformers_folder(root, kind, activation):
    with tempfile.TemporaryDirectory() as temporary:
        base(temporary, kind)
        encoder = SparseEncoder(
            modules=[MLMTransformer(temporary), SpladePooling("max", activation_function=activation)], device="cpu"
        )
        folder = root / ("splade" if kind == "bert" else kind)
        encoder.save_pretrained(str(folder))
    dense = {"convert_to_sparse_tensor": False}
    finish(folder, encoder.encode_document(TEXTS, **dense), encoder.encode_query(TEXTS, **dense))


def router_folder(root):
    with tempfile.TemporaryDirectory() as temporary:
        base(temporary, "bert")
        network = MLMTransformer(temporary)
        table = SparseStaticEmbedding(tokenizer=network.tokenizer, weight=torch.rand(len(network.tokenizer)) + 0.1)
        router = Router.for_query_document(query_modules=[table], document_modules=[network, SpladePooling("max")])
        encoder = SparseEncoder(modules=[router], device="cpu")
        folder = root / "router"
        encoder.save_pretrained(str(folder))
    dense = {"convert_to_sparse_tensor": False}
    finish(folder, encoder.encode_document(TEXTS, **dense), encoder.encode_query(TEXTS, **dense))


def opensearch_folder(root):
    folder = root / "opensearch"
    model, tokenizer = base(folder, "bert")
    idf = {token: round(1 + id % 7 / 4, 3) for token, id in tokenizer.get_vocab().items()}
    (folder / "idf.json").write_text(json.dumps(idf, ensure_ascii=False), encoding="utf-8")
    special = [tokenizer.vocab[token] for token in tokenizer.special_tokens_map.values()]
    feature = tokenizer(TEXTS, padding=True, return_tensors="pt", return_token_type_ids=False)
    with torch.no_grad():
        logits = model(**feature).logits
    values, _ = torch.max(logits * feature["attention_mask"].unsqueeze(-1), dim=1)
    documents = torch.log(1 + torch.relu(values))
    documents[:, special] = 0
    queries = torch.zeros_like(documents)
    for row, text in enumerate(TEXTS):
        for id in tokenizer(text, add_special_tokens=False)["input_ids"]:
            queries[row, id] = idf[tokenizer.convert_ids_to_tokens(id)]
    finish(folder, documents, queries)


def main(root):
    torch.manual_seed(20261127)
    if root.exists():
        shutil.rmtree(root)
    sentence_transformers_folder(root, "bert", "relu")
    sentence_transformers_folder(root, "distilbert", "log1p_relu")
    router_folder(root)
    opensearch_folder(root)


main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "sparse")
