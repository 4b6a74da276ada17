"""Writes the figures that the tests of model/ compare with, computed by PyTorch and safetensors, beside this file.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch==2.7.1 numpy safetensors
    /tmp/venv/bin/python test/model/reference/make_reference.py [folder]      (default: beside this file)

Written against the papers and PyTorch's documentation, not against the TypeScript. Every file names the versions used.
"""

import json
import math
import pathlib
import platform
import sys

import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
MADE_WITH = {
    "python": platform.python_version(),
    "torch": torch.__version__,
    "safetensors": safetensors.__version__,
}
# A seed whose five steps stay clear of where a term is about to go off: there rounding decides, and moves the last norm by 1e-4.
torch.manual_seed(1)
torch.set_num_threads(1)


def write(name, content):
    text = json.dumps({"madeWith": MADE_WITH, **content}, indent=1, ensure_ascii=False)
    (HERE / name).write_text(text + "\n", encoding="utf-8")
    print("wrote", name, file=sys.stderr)


def tensor(values):
    return {"shape": list(values.shape), "data": values.flatten().tolist()}


# ---- ops: one forward figure each ---------------------------------------------------------------------------------


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


# ---- the encoder and five steps of training ------------------------------------------------------------------------

CONFIG = {
    "vocabularySize": 60,
    "hiddenSize": 16,
    "layers": 2,
    "heads": 2,
    "feedForwardSize": 32,
    "maxLength": 12,
    "specialTokenIds": [0, 1, 2, 3, 4],
    "layerNormEpsilon": 1e-12,
}
LOSSES = {
    "alphaRanking": 1.0,
    "betaCrossLingual": 0.3,
    "alignmentShare": 0.5,
    "contrastShare": 2.0,
    "activationShare": 1.5,
    "leadAlignmentShare": 0.7,
    "activationMargin": 1.0,
    "temperature": 0.8,
}
ADAM = {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8, "weightDecay": 0.05, "maxGradientNorm": 0.5}
STEPS = [{"learningRate": 0.002 * s, "sparsityWeight": 0.01 * s} for s in (1, 2, 3, 2, 1)]
EXAMPLES, NEGATIVES, LEADS, SHORT, LONG, TARGETS = 3, 2, 3, 5, 9, 4
EXCLUDED = -1e9


def parameter_shapes():
    h, f, v = CONFIG["hiddenSize"], CONFIG["feedForwardSize"], CONFIG["vocabularySize"]
    shapes = {
        "bert.embeddings.word_embeddings.weight": (v, h),
        "bert.embeddings.position_embeddings.weight": (CONFIG["maxLength"], h),
        "bert.embeddings.LayerNorm.weight": (h,),
        "bert.embeddings.LayerNorm.bias": (h,),
    }
    for i in range(CONFIG["layers"]):
        p = f"bert.encoder.layer.{i}."
        for part in ("query", "key", "value"):
            shapes[p + f"attention.self.{part}.weight"] = (h, h)
            shapes[p + f"attention.self.{part}.bias"] = (h,)
        for part, (out, inner) in {
            "attention.output.dense": (h, h),
            "intermediate.dense": (f, h),
            "output.dense": (h, f),
        }.items():
            shapes[p + part + ".weight"] = (out, inner)
            shapes[p + part + ".bias"] = (out,)
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[p + part + ".weight"] = (h,)
            shapes[p + part + ".bias"] = (h,)
    for part, shape in {"dense.weight": (h, h), "dense.bias": (h,), "LayerNorm.weight": (h,), "LayerNorm.bias": (h,)}.items():
        shapes["cls.predictions.transform." + part] = shape
    shapes["cls.predictions.bias"] = (v,)
    return shapes


def make_parameters():
    made = {}
    for name, shape in parameter_shapes().items():
        noise = torch.randn(shape) * (0.3 if len(shape) > 1 else 0.1)
        made[name] = (noise + 1 if name.endswith("LayerNorm.weight") else noise).requires_grad_()
    return made


def encode(p, ids, mask):
    h, heads = CONFIG["hiddenSize"], CONFIG["heads"]
    batch, length = ids.shape

    def norm(x, name):
        return F.layer_norm(x, (h,), p[name + ".weight"], p[name + ".bias"], CONFIG["layerNormEpsilon"])

    def dense(x, name):
        return F.linear(x, p[name + ".weight"], p[name + ".bias"])

    words = p["bert.embeddings.word_embeddings.weight"]
    x = norm(words[ids] + p["bert.embeddings.position_embeddings.weight"][:length], "bert.embeddings.LayerNorm")
    hidden = ~mask.bool()
    for i in range(CONFIG["layers"]):
        layer = f"bert.encoder.layer.{i}."

        def by_head(part):
            return dense(x, layer + "attention.self." + part).view(batch, length, heads, h // heads).transpose(1, 2)

        scores = by_head("query") @ by_head("key").transpose(-1, -2) / math.sqrt(h // heads)
        scores = scores.masked_fill(hidden[:, None, None, :], -1e9)
        mixed = (scores.softmax(-1) @ by_head("value")).transpose(1, 2).reshape(batch, length, h)
        x = norm(x + dense(mixed, layer + "attention.output.dense"), layer + "attention.output.LayerNorm")
        wide = F.gelu(dense(x, layer + "intermediate.dense"))
        x = norm(x + dense(wide, layer + "output.dense"), layer + "output.LayerNorm")
    x = norm(F.gelu(dense(x, "cls.predictions.transform.dense")), "cls.predictions.transform.LayerNorm")
    logits = x @ words.T + p["cls.predictions.bias"]
    logits = logits.masked_fill(hidden[:, :, None], -1e9).amax(1)
    special = torch.zeros(CONFIG["vocabularySize"], dtype=torch.bool)
    special[CONFIG["specialTokenIds"]] = True
    logits = logits.masked_fill(special, -1e9)
    return logits, torch.log1p(F.relu(logits))


def random_texts(rows, length, absent=()):
    ids = torch.randint(5, CONFIG["vocabularySize"], (rows, length))
    mask = torch.ones(rows, length, dtype=torch.long)
    for row in range(rows):
        size = 0 if row in absent else 3 + row % (length - 2)
        ids[row, size:] = 0
        mask[row, size:] = 0
    return ids, mask


def make_batch():
    n, m = EXAMPLES, EXAMPLES * (1 + NEGATIVES)
    # The third example has no synonym pair, and the second no second negative. The second and the first bring a lead.
    short_ids, short_mask = random_texts(3 * n, SHORT, absent=(n + 2, 2 * n + 2))
    document_ids, document_mask = random_texts(m, LONG, absent=(2 * n + 1,))
    lead_ids, lead_mask = random_texts(LEADS, LONG, absent=(2,))
    ranking_exclusion = torch.zeros(n, m)
    ranking_exclusion[:, 2 * n + 1] = EXCLUDED
    ranking_exclusion[0, 2] = EXCLUDED
    pair_exclusion = torch.zeros(n, n)
    pair_exclusion[:2, 2] = EXCLUDED
    pair_exclusion[2, :2] = EXCLUDED
    target_weights = torch.ones(2 * n, TARGETS)
    target_weights[:, 2:] = 0
    target_weights[0, 1] = 0
    target_weights[2] = 0
    target_weights[n + 2] = 0
    document_present = torch.ones(m + LEADS)
    document_present[[2 * n + 1, m + 2]] = 0
    return {
        "short_ids": short_ids,
        "short_mask": short_mask,
        "long_ids": torch.cat([document_ids, lead_ids]),
        "long_mask": torch.cat([document_mask, lead_mask]),
        "target_tokens": torch.randint(5, CONFIG["vocabularySize"], (2 * n, TARGETS)),
        "target_weights": target_weights,
        "query_present": torch.ones(n),
        "document_present": document_present,
        "lead_mates": torch.tensor([1, 0, 0]),
        "pair_present": torch.tensor([1.0, 1.0, 0.0]),
        "ranking_exclusion": ranking_exclusion,
        "pair_exclusion": pair_exclusion,
    }


def mean_of_present(x, present):
    return (x * present).sum() / present.sum().clamp(min=1)


def align(left, right, present):
    either = ((left > 0) | (right > 0)).sum(1).clamp(min=1)
    return mean_of_present(((left - right) ** 2).sum(1) / either, present)


def align_in_proportion(left, right, present):
    size = (left**2).sum(1) + (right**2).sum(1)
    return mean_of_present(((left - right) ** 2).sum(1) / size.clamp(min=1e-6), present)


def info_nce(queries, documents, exclusion, present):
    scores = queries @ documents.T / LOSSES["temperature"] + exclusion
    losses = F.cross_entropy(scores, torch.arange(len(queries)), reduction="none")
    return mean_of_present(losses, present)


def flops(vectors, present):
    return (((vectors * present[:, None]).sum(0) / present.sum()) ** 2).sum()


def loss_parts(p, batch):
    n = EXAMPLES
    short_logits, short = encode(p, batch["short_ids"], batch["short_mask"])
    _, long = encode(p, batch["long_ids"], batch["long_mask"])
    documents, leads = long.split([n * (1 + NEGATIVES), LEADS])
    queries, left, right = short.split(n)
    pairs = batch["pair_present"]
    twice = torch.cat([pairs, pairs])
    short_present = torch.cat([batch["query_present"], twice])
    alignment = align(left, right, pairs)
    lead_alignment = align_in_proportion(leads, documents[batch["lead_mates"]], batch["document_present"][-LEADS:])
    contrast = (
        info_nce(left, right, batch["pair_exclusion"], pairs) + info_nce(right, left, batch["pair_exclusion"].T, pairs)
    ) / 2
    wanted = torch.gather(short_logits[n:], 1, batch["target_tokens"])
    weights = batch["target_weights"]
    shortfall = (F.softplus(LOSSES["activationMargin"] - wanted) * weights).sum(1) / weights.sum(1).clamp(min=1)
    activation = mean_of_present(shortfall, twice)
    everything = torch.cat([short, long]), torch.cat([short_present, batch["document_present"]])
    active = mean_of_present((everything[0] > 0).float().sum(1), everything[1])
    return {
        "ranking": info_nce(queries, documents, batch["ranking_exclusion"], batch["query_present"]),
        "alignment": alignment,
        "contrast": contrast,
        "activation": activation,
        "leadAlignment": lead_alignment,
        "crossLingual": LOSSES["alignmentShare"] * alignment
        + LOSSES["contrastShare"] * contrast
        + LOSSES["activationShare"] * activation
        + LOSSES["leadAlignmentShare"] * lead_alignment,
        "sparsity": flops(short, short_present) + flops(long, batch["document_present"]),
        "activeTerms": active,
    }


def training():
    p = make_parameters()
    initial = {name: tensor(value.detach()) for name, value in p.items()}
    ids, mask = random_texts(4, 9)
    with torch.no_grad():
        _, vectors = encode(p, ids, mask)
    twice = torch.log1p(vectors)
    encoded = {"ids": tensor(ids), "mask": tensor(mask), "vectors": tensor(vectors), "twice": tensor(twice)}
    batch = make_batch()
    matrices = [value for value in p.values() if value.dim() > 1]
    others = [value for value in p.values() if value.dim() == 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": ADAM["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
        betas=(ADAM["beta1"], ADAM["beta2"]),
        eps=ADAM["epsilon"],
    )
    curve = []
    for settings in STEPS:
        parts = loss_parts(p, batch)
        loss = (
            LOSSES["alphaRanking"] * parts["ranking"]
            + LOSSES["betaCrossLingual"] * parts["crossLingual"]
            + settings["sparsityWeight"] * parts["sparsity"]
        )
        optimiser.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(p.values(), ADAM["maxGradientNorm"])
        for group in optimiser.param_groups:
            group["lr"] = settings["learningRate"]
        optimiser.step()
        curve.append({"loss": loss.item(), **{k: v.item() for k, v in parts.items()}, "gradientNorm": norm.item()})
    word_embeddings = p["bert.embeddings.word_embeddings.weight"].detach()
    write(
        "training.json",
        {
            "config": CONFIG,
            "losses": LOSSES,
            "optimiser": ADAM,
            "steps": STEPS,
            "shape": {
                "examples": EXAMPLES,
                "negatives": NEGATIVES,
                "leads": LEADS,
                "queryLength": SHORT,
                "documentLength": LONG,
                "synonymTargets": TARGETS,
            },
            "parameters": initial,
            "encoded": encoded,
            "batch": {name: tensor(value) for name, value in batch.items()},
            "curve": curve,
            "wordEmbeddingsAfter": tensor(word_embeddings),
        },
    )


# ---- each objective alone: its value, and its gradient towards every input ------------------------------------------


def objectives():
    n, v, negatives = 4, 12, 2
    width = 1 + negatives

    def sparse(rows):
        return (torch.randn(rows, v) - 0.3).relu().requires_grad_()

    present = torch.tensor([1.0, 1.0, 0.0, 1.0])
    exclusion = torch.zeros(n, n * width)
    exclusion[0, 3] = exclusion[:, 2] = EXCLUDED
    pair_exclusion = exclusion[:, :n].contiguous()
    teacher = torch.randn(n, width) * 3
    scored = torch.tensor([[1.0, 1, 1], [1, 0, 1], [0, 0, 0], [1, 0, 0]])
    idf = torch.rand(v) * 5
    costs = 1 + 1.5 * (1 - idf / idf.max())
    temperature = 2.0
    cases = {}

    def case(name, inputs, compute):
        loss = compute(*inputs)
        gradients = torch.autograd.grad(loss, inputs)
        cases[name] = {
            "inputs": [tensor(i.detach()) for i in inputs],
            "loss": loss.item(),
            "gradients": [tensor(g) for g in gradients],
        }

    def nce(a, b, excluded):
        scores = a @ b.T / LOSSES["temperature"] + excluded
        return mean_of_present(F.cross_entropy(scores, torch.arange(n), reduction="none"), present)

    def penalty(x, target=0, price=1.0):
        paying = present * ((x > 0).sum(1) > target)
        return ((price * (x * paying[:, None]).sum(0) / present.sum()) ** 2).sum()

    def own(queries, documents):
        return torch.einsum("nv,nkv->nk", queries, documents.view(width, n, v).transpose(0, 1))

    def margin_mse(queries, documents):
        scores = own(queries, documents)
        error = ((scores[:, :1] - scores[:, 1:]) - (teacher[:, :1] - teacher[:, 1:])) ** 2
        counted = scored[:, :1] * scored[:, 1:]
        return (error * counted).sum() / counted.sum()

    def kl(queries, documents):
        scores = own(queries, documents)
        total, rows = 0.0, 0
        for row in range(n):
            there = scored[row].bool()
            if there.sum() < 2:
                continue
            student = F.log_softmax(scores[row, there] / temperature, -1)
            wanted = F.log_softmax(teacher[row, there] / temperature, -1)
            total = total + F.kl_div(student, wanted, log_target=True, reduction="sum") * temperature**2
            rows += 1
        return total / rows

    case("ranking", [sparse(n), sparse(n * width)], lambda q, d: nce(q, d, exclusion))
    case(
        "contrast",
        [sparse(n), sparse(n)],
        lambda a, b: (nce(a, b, pair_exclusion) + nce(b, a, pair_exclusion.T)) / 2,
    )
    case("alignment", [sparse(n), sparse(n)], lambda a, b: align(a, b, present))
    case("flops", [sparse(n)], penalty)
    case("flops over 5 active terms", [sparse(n)], lambda x: penalty(x, target=5))
    case("flops with costs", [sparse(n)], lambda x: penalty(x, price=costs))
    case("marginMse", [sparse(n), sparse(n * width)], margin_mse)
    case("klDivergence", [sparse(n), sparse(n * width)], kl)
    case("proportionalAlignment", [sparse(n), sparse(n)], lambda a, b: align_in_proportion(a, b, present))
    write(
        "objectives.json",
        {
            "present": tensor(present),
            "exclusion": tensor(exclusion),
            "pairExclusion": tensor(pair_exclusion),
            "teacher": tensor(teacher),
            "scored": tensor(scored),
            "idf": tensor(idf),
            "costStrength": 1.5,
            "temperature": LOSSES["temperature"],
            "distillationTemperature": temperature,
            "cases": cases,
        },
    )


def weights():
    made = {"b.weight": torch.randn(2, 3), "a.bias": torch.tensor([1.5, -2.25]), "scalar": torch.tensor(7.0)}
    data = safetensors.torch.save(made, metadata={"format": "pt"})
    write(
        "weights.json",
        {"fileHex": data.hex(), "tensors": {name: tensor(value) for name, value in made.items()}},
    )


ops()
training()
weights()
objectives()
