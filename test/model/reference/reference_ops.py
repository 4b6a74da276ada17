"""Ops of the graph: one forward figure each."""

import torch
import torch.nn.functional as F
from figures import tensor, write


def ops():
    x = torch.randn(3, 4)
    y = torch.randn(4)
    cube = torch.randn(2, 3, 4)
    left, right = torch.randn(2, 3, 4), torch.randn(2, 5, 4)
    w, b = torch.randn(5, 4), torch.randn(5)
    gain, bias = torch.randn(4), torch.randn(4)
    positive = x.abs() + 0.1
    indices = torch.tensor([[0, 2], [2, 1]])
    columns = torch.tensor([[3, 0], [1, 1], [2, 3]])
    rows = torch.randn(2, 2, 4)
    states, table = torch.randn(2, 3, 4), torch.randn(6, 4)
    penalty = torch.tensor([[0.0, 0.0, 0.0], [0.0, -1e9, -1e9]]).unsqueeze(-1)
    picked = torch.gather(x, 1, columns)
    cases = {
        "add": ([x, y], x + y),
        "subtract": ([x, y], x - y),
        "multiply": ([x, y], x * y),
        "divide": ([x, y], x / y),
        "maximum": ([x, y], torch.maximum(x, y)),
        "minimum": ([x, y], torch.minimum(x, y)),
        "negate": ([x], -x),
        "exp": ([x], x.exp()),
        "log": ([positive], positive.log()),
        "sqrt": ([positive], positive.sqrt()),
        "tanh": ([x], x.tanh()),
        "sigmoid": ([x], x.sigmoid()),
        "softplus": ([x], F.softplus(x)),
        "erf": ([x], x.erf()),
        "relu": ([x], x.relu()),
        "gelu": ([x], F.gelu(x)),
        "where x > 0": ([x, y], torch.where(x > 0, x, y.expand(3, 4))),
        "where not x = x": ([x, y], torch.where(x != x, x, y.expand(3, 4))),
        "sum [0, 2]": ([cube], cube.sum((0, 2))),
        "mean [-1]": ([cube], cube.mean(-1)),
        "max [1] kept": ([cube], cube.amax(1, keepdim=True)),
        "sumOfSquares": ([cube], (cube**2).sum()),
        "reshape [4, 6]": ([cube], cube.reshape(4, 6)),
        "transpose [2, 0, 1]": ([cube], cube.permute(2, 0, 1)),
        "expand [3, 4]": ([y], y.expand(3, 4)),
        "concat on 1": ([x, x], torch.cat([x, x], 1)),
        "second split [1, 3] on 1": ([x], x.split([1, 3], 1)[1]),
        "firstRows": ([table, cube], table[:3]),
        "gather": ([x], x[indices]),
        "scatterAdd": ([x, rows], x.index_put((indices,), rows, accumulate=True)),
        "pick": ([x], picked),
        "dropAdd": ([x, picked], x.scatter_add(1, columns, picked)),
        "matmul 0.5 a b^T": ([left, right], 0.5 * left @ right.transpose(1, 2)),
        "matmul a^T b": ([x, x], x.T @ x),
        "linear": ([cube, w, b], F.linear(cube, w, b)),
        "softmax": ([cube], cube.softmax(-1)),
        "logSoftmax": ([cube], cube.log_softmax(-1)),
        "layerNorm": ([cube, gain, bias], F.layer_norm(cube, (4,), gain, bias, 1e-5)),
        "maxLogits": ([states, table, penalty], (states @ table.T + penalty).amax(1)),
    }
    write(
        "ops.json",
        {
            "indices": indices.tolist(),
            "columns": columns.tolist(),
            "cases": {
                name: {"inputs": [tensor(i) for i in inputs], "output": tensor(output)}
                for name, (inputs, output) in cases.items()
            },
        },
    )
