"""The encoder and five steps of training."""

import math

import torch
import torch.nn.functional as F
from figures import tensor, write
from reference_losses import EXCLUDED, LOSSES, align, align_in_proportion, mean_of_present

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
ADAM = {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8, "weightDecay": 0.05, "maxGradientNorm": 0.5}
STEPS = [{"learningRate": 0.002 * s, "sparsityWeight": 0.01 * s} for s in (1, 2, 3, 2, 1)]
EXAMPLES, NEGATIVES, LEADS, SHORT, LONG, TARGETS = 3, 2, 3, 5, 9, 4
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
