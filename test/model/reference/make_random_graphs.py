"""Writes random graphs with what PyTorch makes of them, gradients by autograd, beside this file.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch==2.15.0
    /tmp/venv/bin/python test/model/reference/make_random_graphs.py [folder]      (default: beside this file)

Steps have the names of test/model/graph/random-graph.ts; what they do is written here in PyTorch's own functions. Figures are
computed in float64. A graph is kept where float32 comes to the same: at a kink (two equal values in a maximum, say) rounding
decides which slope is taken, and no engine is wrong there.
"""

import json
import pathlib
import platform
import random
import sys

import torch
import torch.nn.functional as F

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
MADE_WITH = {"python": platform.python_version(), "torch": torch.__version__}
INPUTS, GRAPHS, DEEPEST = 3, 40, 12
torch.manual_seed(20261127)
torch.set_num_threads(1)
draw = random.Random(20261127)


def places(rows, columns, bound):
    return (torch.arange(rows * columns).reshape(rows, columns) * 5 + 2) % bound


def square(x):
    return x @ x.T * 0.25


def max_logits(a, b):
    rows, columns = a.shape
    # The second of two positions is padding in every other text.
    padding = (torch.arange(2 * rows) % 4 == 3).reshape(rows, 2, 1)
    states = torch.stack([a, b], 1)
    return torch.tanh((states @ square(b.T).T).masked_fill(padding, -1e9).amax(1))


STEPS = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply by tanh": lambda a, b: a * b.tanh(),
    "divide": lambda a, b: a / (b.tanh().exp() + 1),
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "where greater": lambda a, b: torch.where(a > b, -a, b),
    "where not equal": lambda a, b: torch.where(a.relu() != b.relu(), a, 0.5),
    "sqrt": lambda a, b: (a**2 + 0.1).sqrt(),
    "log": lambda a, b: (a.relu() + 1).log(),
    "sigmoid": lambda a, b: a.sigmoid(),
    "softplus": lambda a, b: F.softplus(a),
    "erf": lambda a, b: a.erf(),
    "gelu": lambda a, b: F.gelu(a),
    "softmax": lambda a, b: a.softmax(-1),
    "logSoftmax": lambda a, b: a.log_softmax(-1).tanh(),
    "layerNorm": lambda a, b: F.layer_norm(a, a.shape[1:], b.tanh().sum(0), b.mean(0), 1e-2),
    "matmul by transposed": lambda a, b: (square(a) @ b).tanh(),
    "matmul of transposed": lambda a, b: (a @ (a.T @ b * 0.5)).tanh(),
    "linear": lambda a, b: F.linear(a, b.T @ a, a.mean(0)).tanh(),
    "max over columns": lambda a, b: (a + b + torch.arange(a.shape[1]) / 4).amax(1, keepdim=True).expand(a.shape),
    "sumOfSquares": lambda a, b: a * (1 / ((b**2).sum() + 1)),
    "reshape and transpose": lambda a, b: a.T.reshape(a.shape),
    "concat and split": lambda a, b: torch.cat([a, b, a])[1 : 1 + len(a)],
    "gather": lambda a, b: a[places(1, len(a), len(a))[0]],
    "scatterAdd": lambda a, b: a.index_add(0, places(1, len(b), len(a))[0], b),
    "pick": lambda a, b: a.gather(1, places(*a.shape, a.shape[1])),
    "dropAdd": lambda a, b: a.scatter_add(1, places(*a.shape, a.shape[1]), b),
    "firstRows": lambda a, b: torch.cat([a, b])[: len(a)],
    "stopGradient": lambda a, b: a + b.detach(),
    "maxLogits": max_logits,
}


def computed(graph, dtype):
    """y, loss and the gradients of the loss, each flat."""
    shape = graph["rows"], graph["columns"]
    inputs = [torch.tensor(x, dtype=dtype).reshape(shape).requires_grad_() for x in graph["inputs"]]
    made = list(inputs)
    for step in graph["steps"]:
        made.append(STEPS[step["op"]](made[step["left"] % len(made)], made[step["right"] % len(made)]))
    loss = (made[-1] ** 2).mean()
    slopes = torch.autograd.grad(loss, inputs, materialize_grads=True)
    return {"y": made[-1].flatten(), "loss": loss.reshape(1), **{f"d{i}": g.flatten() for i, g in enumerate(slopes)}}


def drawn(last):
    """A graph whose last step is `last`, so that every step is in one whose value depends on it."""
    rows, columns = draw.randint(1, 5), draw.randint(1, 6)
    ops = draw.choices(list(STEPS), k=draw.randint(0, DEEPEST - 1)) + [last]
    # Mostly of late values: a graph that reads its inputs alone is not deep.
    steps = [
        {"op": op, "left": INPUTS + i - 1 if draw.random() < 0.7 else draw.randrange(INPUTS + i), "right": draw.randrange(INPUTS + i)}
        for i, op in enumerate(ops)
    ]
    # Three decimals: the same numbers in float32 as in float64, to 1e-7.
    inputs = [[round(x, 3) for x in torch.randn(rows * columns).tolist()] for _ in range(INPUTS)]
    return {"rows": rows, "columns": columns, "steps": steps, "inputs": inputs}


def is_sound(graph):
    exact, rounded = computed(graph, torch.float64), computed(graph, torch.float32)
    return all(torch.allclose(rounded[name].double(), value, rtol=1e-5, atol=1e-5) for name, value in exact.items())


def expected_of(graph):
    return {name: [float(f"{x:.9g}") for x in value.tolist()] for name, value in computed(graph, torch.float64).items()}


graphs, left_out = [], 0
while len(graphs) < GRAPHS:
    graph = drawn(list(STEPS)[len(graphs) % len(STEPS)])
    if is_sound(graph):
        graphs.append({**graph, "expected": expected_of(graph)})
    else:
        left_out += 1
content = {"madeWith": MADE_WITH, "leftOut": left_out, "graphs": graphs}
(HERE / "random-graphs.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
print("wrote random-graphs.json;", left_out, "graphs left out", file=sys.stderr)
