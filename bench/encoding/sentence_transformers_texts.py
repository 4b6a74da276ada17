"""sentence-transformers' SparseEncoder as a peer: python sentence_transformers_texts.py FOLDER THREADS.

The same network, weights and tokenizer.json, as one would use it: BertForMaskedLM, SpladePooling, encode() with its
defaults (batches of 32, sorted by length). Encodes all texts whenever a line comes on stdin.
"""

import json
import pathlib
import resource
import sys
import time

import torch
from sentence_transformers import SparseEncoder
from sentence_transformers.sparse_encoder.models import MLMTransformer, SpladePooling
from transformers import BertForMaskedLM, PreTrainedTokenizerFast

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from network import bert_config, read_weights

folder, threads = pathlib.Path(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
problem = json.loads((folder / "problem.json").read_text())
config = problem["config"]


def weights():
    made = read_weights(folder, problem)
    # Hugging Face's model also has the rows of the second segment; ours has one segment, and none is zero.
    made["bert.embeddings.token_type_embeddings.weight"] = torch.zeros(2, config["hiddenSize"])
    made["cls.predictions.decoder.weight"] = made["bert.embeddings.word_embeddings.weight"]
    made["cls.predictions.decoder.bias"] = made["cls.predictions.bias"]
    return made


model = BertForMaskedLM(bert_config(config)).eval()
missing, unexpected = model.load_state_dict(weights(), strict=False)
assert not unexpected and all("position_ids" in name for name in missing), (missing, unexpected)
special = dict(pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
tokenizer = PreTrainedTokenizerFast(
    tokenizer_file=str(folder / "tokenizer.json"), model_max_length=config["maxLength"], **special
)
home = folder / "huggingface"
model.save_pretrained(home)
tokenizer.save_pretrained(home)
encoder = SparseEncoder(modules=[MLMTransformer(str(home)), SpladePooling("max")], device="cpu")

print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    texts = problem["texts"][: json.loads(line)["limit"]]
    before, cpu = time.perf_counter(), time.process_time()
    vectors = encoder.encode(texts, show_progress_bar=False)
    seconds, cpu_seconds = time.perf_counter() - before, time.process_time() - cpu
    dense = vectors.to_dense()
    # Ours leaves the special tokens out.
    dense[:, config["specialTokenIds"]] = 0
    report = {"seconds": seconds, "cpuSeconds": cpu_seconds, "weightSums": dense.sum(1).tolist()}
    report["activeTerms"] = (dense > 0).sum(1).tolist()
    weights, terms = dense.topk(20)
    report["topTerms"] = [row[kept].tolist() for row, kept in zip(terms, weights > 0)]
    report["peakBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(report), flush=True)
