"""What Python's libraries make of an export. Argument: its folder. Standard input: {"texts": […]}.

Prints JSON: the vectors of each library as [[id, weight], …] a text, and what onnx.checker read of each file. Raises where a
library refuses a file.
"""
import glob
import json
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from sentence_transformers import SparseEncoder
from transformers import AutoModelForMaskedLM, AutoTokenizer

warnings.filterwarnings("ignore")
folder = sys.argv[1]
texts = json.load(sys.stdin)["texts"]
tokenizer = AutoTokenizer.from_pretrained(f"{folder}/huggingface")


def batches():
    for start in range(0, len(texts), 32):
        yield tokenizer(texts[start : start + 32], padding=True, truncation=True, return_tensors="pt")


def rows(matrix):
    return [[[int(i), float(row[i])] for i in np.nonzero(row)[0]] for row in np.asarray(matrix)]


def by_onnxruntime(file):
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    feeds = ({name: batch[name].numpy() for name in ("input_ids", "attention_mask")} for batch in batches())
    return rows(np.concatenate([session.run(["output"], feed)[0] for feed in feeds]))


def by_torchscript():
    module = torch.jit.load(f"{folder}/torchscript/model.pt")
    with torch.inference_mode():
        return rows(torch.cat([module(dict(batch))["output"] for batch in batches()]))


def by_transformers():
    """SPLADE's pooling, once or twice log1p as the folder says."""
    model, info = AutoModelForMaskedLM.from_pretrained(f"{folder}/huggingface", output_loading_info=True)
    assert not any(info.values()), info
    [pooling] = glob.glob(f"{folder}/huggingface/*SpladePooling/config.json")
    twice = json.load(open(pooling))["activation_function"] == "log1p_relu"
    vectors = []
    with torch.inference_mode():
        for batch in batches():
            logits = model.eval()(**batch).logits * batch["attention_mask"].unsqueeze(-1)
            weights = torch.log1p(torch.relu(logits))
            vectors.append((torch.log1p(weights) if twice else weights).amax(1))
    return rows(torch.cat(vectors))


sparse = SparseEncoder(f"{folder}/huggingface", device="cpu")
documents = sparse.encode_document(texts, convert_to_sparse_tensor=False, show_progress_bar=False)
queries = sparse.encode_query(texts, convert_to_sparse_tensor=False, show_progress_bar=False)


def checked(file):
    onnx.checker.check_model(file, full_check=True)
    model = onnx.load(file, load_external_data=False)
    return {
        "opsets": {entry.domain: entry.version for entry in model.opset_import},
        "ir": model.ir_version,
        "inputs": [value.name for value in model.graph.input],
        "dynamic": [dim.dim_param for dim in model.graph.input[0].type.tensor_type.shape.dim],
        "external": any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in model.graph.initializer),
    }


files = sorted(glob.glob(f"{folder}/**/*.onnx", recursive=True))
print(
    json.dumps(
        {
            "checked": {file[len(folder) + 1 :]: checked(file) for file in files},
            "ids": [ids for batch in batches() for ids in (row[mask.bool()].tolist() for row, mask in zip(batch["input_ids"], batch["attention_mask"]))],
            "vectors": {
                "onnxruntime": by_onnxruntime(f"{folder}/onnx/model.onnx"),
                "torch.jit.load": by_torchscript(),
                "transformers": by_transformers(),
                "sentence-transformers": rows(documents),
            },
            "queries": rows(queries),
        }
    )
)
