"""Where the figures go: JSON beside the script, or in the folder that it was given, with the versions that made them."""

import json
import pathlib
import platform
import sys

import safetensors
import torch

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
MADE_WITH = {
    "python": platform.python_version(),
    "torch": torch.__version__,
    "safetensors": safetensors.__version__,
}


def write(name, content):
    text = json.dumps({"madeWith": MADE_WITH, **content}, indent=1, ensure_ascii=False)
    (HERE / name).write_text(text + "\n", encoding="utf-8")
    print("wrote", name, file=sys.stderr)


def tensor(values):
    return {"shape": list(values.shape), "data": values.flatten().tolist()}
