"""The same step in PyTorch as a peer of the bench: python torch_steps.py FOLDER cpu|cuda PRECISION THREADS eager|compile.

Says {"ready": true}, then does what a line on stdin asks for, {"steps": 8}, and answers with a line: seconds, losses, memory.
Written as one would write it in PyTorch: scaled_dot_product_attention, autocast, GradScaler for fp16, fused AdamW.
"""

import json
import math
import pathlib
import resource
import sys
import time

import torch
import torch.nn.functional as F

folder, device, precision, threads, mode = sys.argv[1:6]
torch.set_num_threads(int(threads))
# onnxruntime computes fp32 products in TF32 where the card has it; so may PyTorch.
torch.backends.cuda.matmul.allow_tf32 = True
problem = json.loads((pathlib.Path(folder) / "problem.json").read_text())
config, losses, adam = problem["config"], problem["losses"], problem["optimiser"]
half = {"fp32": None, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]
EXCLUDED = -1e9


def load_weights():
    raw = bytearray((pathlib.Path(folder) / "weights.bin").read_bytes())
    values = torch.frombuffer(raw, dtype=torch.float32)
    made, start = {}, 0
    for parameter in problem["parameters"]:
        size = math.prod(parameter["shape"])
        made[parameter["name"]] = values[start : start + size].view(parameter["shape"]).clone().to(device).requires_grad_()
        start += size
    return made


def tensor(given):
    kind = torch.int64 if given["dtype"] == "i64" else torch.float32
    return torch.tensor(given["data"], dtype=kind, device=device).view(given["shape"])


p = load_weights()
batches = [{name: tensor(given) for name, given in batch.items()} for batch in problem["batches"]]
special = torch.zeros(config["vocabularySize"], dtype=torch.bool, device=device)
special[config["specialTokenIds"]] = True


def encode(ids, mask):
    h, heads = config["hiddenSize"], config["heads"]
    batch, length = ids.shape

    def norm(x, name):
        return F.layer_norm(x, (h,), p[name + ".LayerNorm.weight"], p[name + ".LayerNorm.bias"], config["layerNormEpsilon"])

    def dense(x, name):
        return F.linear(x, p[name + ".weight"], p[name + ".bias"])

    words = p["bert.embeddings.word_embeddings.weight"]
    x = norm(F.embedding(ids, words) + p["bert.embeddings.position_embeddings.weight"][:length], "bert.embeddings")
    real = mask.bool()
    for i in range(config["layers"]):
        layer = f"bert.encoder.layer.{i}."

        def by_head(part):
            return dense(x, layer + "attention.self." + part).view(batch, length, heads, h // heads).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(by_head("query"), by_head("key"), by_head("value"), attn_mask=real[:, None, None, :])
        x = norm(x + dense(mixed.transpose(1, 2).reshape(batch, length, h), layer + "attention.output.dense"), layer + "attention.output")
        x = norm(x + dense(F.gelu(dense(x, layer + "intermediate.dense")), layer + "output.dense"), layer + "output")
    x = norm(F.gelu(dense(x, "cls.predictions.transform.dense")), "cls.predictions.transform")
    logits = F.linear(x, words).masked_fill(~real[:, :, None], -6e4 if half == torch.float16 else EXCLUDED).max(1).values
    logits = (logits + p["cls.predictions.bias"]).float().masked_fill(special, EXCLUDED)
    return logits, torch.log1p(F.relu(logits))


def mean_of_present(x, present):
    return (x * present).sum() / present.sum().clamp(min=1)


def info_nce(queries, documents, exclusion, present):
    scores = queries @ documents.T / losses["temperature"] + exclusion
    right = torch.arange(len(queries), device=device)
    return mean_of_present(F.cross_entropy(scores, right, reduction="none"), present)


def flops(vectors, present):
    return (((vectors * present[:, None]).sum(0) / present.sum()) ** 2).sum()


def loss_of(batch):
    n = problem["shape"]["examples"]
    with torch.autocast(device, dtype=half or torch.bfloat16, enabled=half is not None):
        short_logits, short = encode(batch["short_ids"], batch["short_mask"])
        _, documents = encode(batch["long_ids"], batch["long_mask"])
    queries, left, right = short.split(n)
    pairs = batch["pair_present"]
    twice = torch.cat([pairs, pairs])
    short_present = torch.cat([batch["query_present"], twice])
    either = ((left > 0) | (right > 0)).sum(1).clamp(min=1)
    alignment = mean_of_present(((left - right) ** 2).sum(1) / either, pairs)
    contrast = (
        info_nce(left, right, batch["pair_exclusion"], pairs) + info_nce(right, left, batch["pair_exclusion"].T, pairs)
    ) / 2
    wanted = torch.gather(short_logits[n:], 1, batch["target_tokens"])
    weights = batch["target_weights"]
    shortfall = (F.softplus(losses["activationMargin"] - wanted) * weights).sum(1) / weights.sum(1).clamp(min=1)
    activation = mean_of_present(shortfall, twice)
    cross_lingual = (
        losses["alignmentShare"] * alignment
        + losses["contrastShare"] * contrast
        + losses["activationShare"] * activation
    )
    ranking = info_nce(queries, documents, batch["ranking_exclusion"], batch["query_present"])
    sparsity = flops(short, short_present) + flops(documents, batch["document_present"])
    return (
        losses["alphaRanking"] * ranking
        + losses["betaCrossLingual"] * cross_lingual
        + problem["sparsityWeight"] * sparsity
    )


optimiser = torch.optim.AdamW(
    [
        {"params": [v for v in p.values() if v.dim() > 1], "weight_decay": adam["weightDecay"]},
        {"params": [v for v in p.values() if v.dim() == 1], "weight_decay": 0.0},
    ],
    lr=problem["learningRate"],
    betas=(adam["beta1"], adam["beta2"]),
    eps=adam["epsilon"],
    fused=True,
)
scaler = torch.amp.GradScaler(device, enabled=half == torch.float16)
forward = torch.compile(loss_of) if mode == "compile" else loss_of
done = 0


def step():
    global done
    optimiser.zero_grad(set_to_none=True)
    loss = forward(batches[done % len(batches)])
    scaler.scale(loss).backward()
    scaler.unscale_(optimiser)
    torch.nn.utils.clip_grad_norm_(p.values(), adam["maxGradientNorm"])
    scaler.step(optimiser)
    scaler.update()
    done += 1
    return loss.detach()


def wait():
    if device == "cuda":
        torch.cuda.synchronize()


def peak_bytes():
    if device == "cuda":
        return torch.cuda.max_memory_reserved()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


print(json.dumps({"ready": True, "torch": torch.__version__}), flush=True)
for line in sys.stdin:
    wait()
    before, cpu = time.perf_counter(), time.process_time()
    # Read once at the end: asking for each loss would make the card wait for the host every step.
    values = [step() for _ in range(json.loads(line)["steps"])]
    wait()
    seconds, cpu_seconds = time.perf_counter() - before, time.process_time() - cpu
    report = {"seconds": seconds, "cpuSeconds": cpu_seconds, "losses": [value.item() for value in values]}
    print(json.dumps({**report, "peakBytes": peak_bytes()}), flush=True)
