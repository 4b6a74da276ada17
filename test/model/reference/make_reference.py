"""Writes the figures that the tests of model/ compare with, computed by PyTorch and safetensors, beside this file.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch==2.7.1 numpy safetensors
    /tmp/venv/bin/python test/model/reference/make_reference.py [folder]      (default: beside this file)

Written against the papers and PyTorch's documentation, not against the TypeScript. Every file names the versions used.
"""

import safetensors.torch
import torch
from figures import tensor, write
from reference_objectives import objectives
from reference_ops import ops
from reference_training import training

# A seed whose five steps stay clear of where a term is about to go off: there rounding decides, and moves the last norm by 1e-4.
torch.manual_seed(1)
torch.set_num_threads(1)


def weights():
    made = {"b.weight": torch.randn(2, 3), "a.bias": torch.tensor([1.5, -2.25]), "scalar": torch.tensor(7.0)}
    data = safetensors.torch.save(made, metadata={"format": "pt"})
    write(
        "weights.json",
        {"fileHex": data.hex(), "tensors": {name: tensor(value) for name, value in made.items()}},
    )


# In this order, for all draw from one row of random numbers.
ops()
training()
weights()
objectives()
