"""The recipe's ablations in PyTorch: the encoder, losses and split of `npm run experiment`, many settings on one GPU.

    pip install torch numpy tokenizers
    python bench/experiment/ablations.py ../shared/data/ko-en --workers 12 --only base,no-activation > ablations.jsonl

Each setting is BASE with the changes of ABLATIONS; with an activation of 0 the extra entries mean what training makes of them. One JSON line a setting: hit@1 on held-out names of val and test among
10,000 surfaces, active terms, greatest share of texts that one term fires in, mean cosine of random pairs, and the
floating-point operations of the run. Written against the papers, not against the TypeScript. Made with torch 2.11.
"""

import argparse
import collections
import hashlib
import json
import math
import multiprocessing
import pathlib
import re
import time
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
LONGEST = 32

BASE = {
    "pairs": 10_000, "kinds": ["name"], "tokens": "letters", "extra": 1500, "activation": 0.1, "gamma": 0.1,
    "layers": 2, "hidden": 128, "heads": 4, "feed_forward": 512, "batch": 256, "rate": 3e-3, "temperature": 1.0,
    "hide": 0.15, "teraflop": 40, "seed": 1,
}
ABLATIONS = {
    "base": {},
    "stronger-penalty": {"activation": 0.3, "gamma": 0.3},
    "weaker-penalty": {"gamma": 0.03},
    "more-activation": {"activation": 0.3},
    "no-activation": {"activation": 0, "gamma": 0.03},
    "no-activation-penalty": {"activation": 0},
    "with-words": {"activation": 0, "gamma": 0.03, "kinds": ["name", "word"]},
    "half-cost": {"activation": 0, "gamma": 0.03, "teraflop": 20},
    "half-cost-500-terms": {"activation": 0, "gamma": 0.03, "teraflop": 20, "extra": 500},
    "hide-30": {"activation": 0, "gamma": 0.03, "hide": 0.3},
    "all-pairs": {"pairs": 0},
    "all-pairs-no-activation": {"pairs": 0, "activation": 0},
}
# The first round: 4,000 triples, all pairs, nothing hidden, a penalty that lets hundreds of terms fire.
FIRST = {"pairs": 0, "extra": 4000, "activation": 0.3, "gamma": 0.003, "hide": 0.0, "teraflop": 60}
ABLATIONS |= {
    f"first-{name}": {**FIRST, **change}
    for name, change in {
        "base": {}, "1500-triples": {"extra": 1500}, "syllables": {"tokens": "syllables"},
        "pieces": {"tokens": "pieces", "extra": 3000}, "3-layers": {"layers": 3}, "rate-1.5e-3": {"rate": 1.5e-3},
        "rate-6e-3": {"rate": 6e-3}, "gamma-0.01": {"gamma": 0.01}, "10k": {"pairs": 10_000},
        "10k-hide": {"pairs": 10_000, "hide": 0.15}, "no-activation": {"extra": 1500, "activation": 0},
    }.items()
}


# ---- pairs, split, tokens -----------------------------------------------------------------------------------------


def read_pairs(folder):
    lines = lambda name: [line.split("\t") for line in (folder / name).read_text("utf-8").splitlines()]
    names = [(ko, en, "name") for en, ko in lines("wikidata-names.en-ko.tsv")]
    return names + [(ko, en, "word") for ko, en in lines("kengdic-6000.short.ko-en.tsv")]


def folded(text):
    text = re.sub(r"['’`´.]", "", unicodedata.normalize("NFC", text).lower())
    text = re.sub(r"[^\w#%&*@+$]+", " ", text).strip()
    return re.sub(r" (?=[가-힣])|(?<=[가-힣]) ", "", text) or text


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def sides(pairs):
    """0 train, 1 val, 2 test for each pair; and its cluster. Pairs that share a folded surface are one cluster."""
    parent = {}

    def root(name):
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for ko, en, _ in pairs:
        a, b = root("ko:" + folded(ko)), root("en:" + folded(en))
        parent[max(a, b)] = min(a, b)
    clusters = [root("ko:" + folded(ko)) for ko, _, _ in pairs]
    place = {c: int(digest("1:" + digest(c)[:15])[:8], 16) / 2**32 for c in set(clusters)}
    number = {c: i for i, c in enumerate(sorted(place))}
    split = [2 if place[c] < 0.05 else 1 if place[c] < 0.1 else 0 for c in clusters]
    return np.array(split), np.array([number[c] for c in clusters])


def plain(text, decompose):
    """Lower case; decomposed: without accents, Hangul as jamo."""
    text = unicodedata.normalize("NFD" if decompose else "NFC", text.lower())
    dropped = {"Cf", "Cc"} | ({"Mn"} if decompose else set())
    return "".join(c for c in text if unicodedata.category(c) not in dropped)


def words(text):
    return re.findall(r"\w+|[^\w\s]", text)


def vocabulary(texts, kind):
    decompose = kind != "syllables"
    counts = collections.Counter(c for text in texts for word in words(plain(text, decompose)) for c in word)
    letters = sorted(c for c, n in counts.items() if n >= 2)
    entries = {entry: i for i, entry in enumerate(SPECIAL + letters + ["##" + c for c in letters])}
    if kind == "pieces":
        from tokenizers import Tokenizer, models, pre_tokenizers, trainers

        trained = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        trained.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer = trainers.WordPieceTrainer(
            vocab_size=1000, special_tokens=SPECIAL, min_frequency=3, show_progress=False
        )
        trained.train_from_iterator((plain(text, decompose) for text in texts), trainer)
        for piece in sorted(trained.get_vocab(), key=trained.get_vocab().get):
            if piece not in entries and len(entries) < 1000:
                entries[piece] = len(entries)
    return entries


def token_ids(text, entries, kind):
    """Longest match first, as WordPiece does; with letters alone that is letter by letter."""
    ids = [CLS]
    for word in words(plain(text, kind != "syllables")):
        at, found = 0, []
        while at < len(word):
            ends = (end for end in range(len(word), at, -1) if ("##" if at else "") + word[at:end] in entries)
            end = next(ends, None) if kind == "pieces" else at + 1
            found.append(entries.get(("##" if at else "") + word[at : end or at + 1], UNK))
            at = end or len(word)
        ids += found
    return ids[: LONGEST - 1] + [SEP]


def triples(english):
    marked = ["^" + word + "$" for word in words(plain(english, True)) if word[0].isalnum()]
    return list(dict.fromkeys(word[i : i + 3] for word in marked for i in range(len(word) - 2)))


def padded(rows, filling, width):
    table = np.full((len(rows), width), filling, np.int32)
    for i, row in enumerate(rows):
        table[i, : len(row[:width])] = row[:width]
    return table


class Data:
    """Pairs as numbers of surfaces, surfaces as token ids, triples of each pair."""

    def __init__(self, folder, setting):
        pairs = read_pairs(folder)
        self.split, self.cluster = sides(pairs)
        self.kind = np.array([kind for _, _, kind in pairs])
        surfaces = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
        numbers = [{text: i for i, text in enumerate(texts)} for texts in surfaces]
        self.pairs = np.array([(numbers[0][ko], numbers[1][en]) for ko, en, _ in pairs])
        train = [pair for pair, side in zip(pairs, self.split) if side == 0]
        entries = vocabulary([text for pair in train for text in pair[:2]], setting["tokens"])
        self.entries = len(entries)
        self.ids = [padded([token_ids(t, entries, setting["tokens"]) for t in texts], PAD, LONGEST) for texts in surfaces]
        counts = collections.Counter(gram for _, en, _ in train for gram in triples(en))
        known = {g: i for i, (g, _) in enumerate(sorted(counts.items(), key=lambda x: (-x[1], x[0]))[: setting["extra"]])}
        self.targets = padded([[known[g] for g in triples(en) if g in known] for _, en, _ in pairs], -1, 24)
        chosen = np.where((self.split == 0) & np.isin(self.kind, setting["kinds"]))[0]
        some = np.random.default_rng(7).permutation(chosen)[: setting["pairs"]]
        self.train = some if setting["pairs"] else chosen


# ---- encoder ------------------------------------------------------------------------------------------------------


class Encoder(nn.Module):
    """BERT with its tied head, max-pooled to logits over the entries: [texts, entries]."""

    def __init__(self, setting, entries):
        super().__init__()
        hidden, self.heads = setting["hidden"], setting["heads"]
        self.words = nn.Parameter(torch.randn(entries, hidden) * 0.2)
        place = torch.arange(LONGEST)[:, None] * torch.exp(-math.log(100.0) * torch.arange(0, hidden, 2) / hidden)
        waves = torch.stack([torch.sin(place), torch.cos(place)], 2).reshape(LONGEST, hidden)
        self.places = nn.Parameter(waves * math.sqrt(2) * 0.1)
        self.norm = nn.LayerNorm(hidden)

        def linear(inner, outer):
            layer = nn.Linear(inner, outer)
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)
            return layer

        def layer():
            wide = setting["feed_forward"]
            parts = {"qkv": linear(hidden, 3 * hidden), "out": linear(hidden, hidden), "norm1": nn.LayerNorm(hidden)}
            return nn.ModuleDict(
                parts | {"up": linear(hidden, wide), "down": linear(wide, hidden), "norm2": nn.LayerNorm(hidden)}
            )

        self.layers = nn.ModuleList([layer() for _ in range(setting["layers"])])
        self.transform = nn.Linear(hidden, hidden)
        nn.init.eye_(self.transform.weight)
        nn.init.zeros_(self.transform.bias)
        self.head_norm = nn.LayerNorm(hidden)
        self.bias = nn.Parameter(torch.zeros(entries))

    def forward(self, ids):
        texts, length = ids.shape
        real = ids != PAD
        penalty = torch.where(real, 0.0, -1e9)[:, None, None, :].expand(texts, self.heads, length, length)
        x = self.norm(self.words[ids] + self.places[:length])
        for layer in self.layers:
            q, k, v = layer["qkv"](x).view(texts, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=penalty).transpose(1, 2).reshape(x.shape)
            x = layer["norm1"](x + layer["out"](mixed))
            x = layer["norm2"](x + layer["down"](F.gelu(layer["up"](x))))
        head = self.head_norm(F.gelu(self.transform(x)))
        logits = (head @ self.words.t()).masked_fill(~real[:, :, None], -1e9).max(1)[0] + self.bias
        return torch.cat([torch.full_like(logits[:, : len(SPECIAL)], -1e9), logits[:, len(SPECIAL) :]], 1)


def sparse(logits):
    return torch.log1p(F.relu(logits))


# ---- training -----------------------------------------------------------------------------------------------------


def batches(data, size, rng):
    """Endless, shuffled, texts of like length together within eight batches."""
    lengths = np.maximum(*[(data.ids[side] > 0).sum(1)[data.pairs[data.train, side]] for side in (0, 1)])
    while True:
        order = rng.permutation(len(data.train))
        for start in range(0, len(order), size * 8):
            window = order[start : start + size * 8]
            window = window[np.argsort(lengths[window], kind="stable")]
            parts = [window[i : i + size] for i in range(0, len(window), size)]
            for at in rng.permutation(len(parts)):
                if len(parts[at]) == size:
                    longest = -(-lengths[parts[at]].max() // 8) * 8
                    yield data.train[parts[at]], int(min(LONGEST, longest))


def train(data, setting, device):
    torch.manual_seed(setting["seed"])
    rng = np.random.default_rng(setting["seed"])
    model = Encoder(setting, data.entries + setting["extra"]).to(device)
    ids = [torch.tensor(side, device=device).long() for side in data.ids]
    pairs, clusters = torch.tensor(data.pairs, device=device), torch.tensor(data.cluster, device=device)
    targets = torch.tensor(data.targets, device=device).long()
    with torch.no_grad():
        logits = model(ids[1][pairs[data.train[:256], 1]])[:, len(SPECIAL) :].flatten().sort(descending=True)[0]
        model.bias -= logits[min(256 * 100, len(logits) - 2000)].clamp(min=0)
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.99), fused=device == "cuda")
    source = batches(data, setting["batch"], rng)
    lengths = [next(source)[1] for _ in range(16)]
    cost = float(np.mean([operations(setting, data.entries + setting["extra"], n) for n in lengths])) / 1e12
    steps = int(setting["teraflop"] / cost)
    warm_up, penalty_steps = max(20, steps // 50), max(1, int(steps * 0.3))
    for step in range(1, steps + 1):
        batch, length = next(source)
        at = torch.tensor(batch, device=device)
        texts = torch.cat([ids[side][pairs[at, side]] for side in (0, 1)])[:, :length]
        if setting["hide"]:
            hidden = (torch.rand(texts.shape, device=device) < setting["hide"]) & (texts > MASK)
            texts = torch.where(hidden, MASK, texts)
        logits = model(texts)
        vectors = sparse(logits)
        left, right = vectors.split(len(batch))
        same = (clusters[at][:, None] == clusters[at]).fill_diagonal_(False)
        scores = (left @ right.t() / setting["temperature"]).masked_fill(same, -1e9)
        own = torch.arange(len(batch), device=device)
        loss = (F.cross_entropy(scores, own) + F.cross_entropy(scores.t(), own)) / 2
        loss = loss + setting["gamma"] * min(1, step / penalty_steps) ** 2 * (vectors.mean(0) ** 2).sum()
        if setting["activation"]:
            wanted = targets[at].repeat(2, 1)
            present = (wanted >= 0).float()
            shortfall = F.softplus(1 - logits.gather(1, wanted.clamp(min=0) + data.entries)) * present
            loss = loss + setting["activation"] * (shortfall.sum(1) / present.sum(1).clamp(min=1)).mean()
        share = step / warm_up if step <= warm_up else 1 - 0.95 * (step - warm_up) / max(1, steps - warm_up)
        for group in optimiser.param_groups:
            group["lr"] = setting["rate"] * share
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
    return model, {"steps": steps, "teraflop": round(steps * cost, 1)}


def operations(setting, entries, length):
    """Of one step, forward and backward: two a multiplication and addition."""
    hidden, wide = setting["hidden"], setting["feed_forward"]
    layer = 2 * (4 * hidden * hidden + 2 * hidden * wide) + 4 * length * hidden
    return 3 * 2 * setting["batch"] * length * (setting["layers"] * layer + 2 * hidden * hidden + 2 * hidden * entries)


# ---- evaluation ---------------------------------------------------------------------------------------------------


@torch.no_grad()
def judged(model, data, device):
    ids = [torch.tensor(side, device=device).long() for side in data.ids]
    encode = lambda side, at: torch.cat([sparse(model(ids[side][torch.tensor(at[i : i + 512])])) for i in range(0, len(at), 512)])
    found = {}
    for side, name in ((1, "val"), (2, "test")):
        asked = (data.split == side) & (data.kind == "name")
        for query_side, label in ((0, "ko→en"), (1, "en→ko")):
            other = 1 - query_side
            held = np.unique(data.pairs[data.split == side, other])
            rest = np.setdiff1d(np.unique(data.pairs[:, other]), held)
            pool = np.concatenate([held, np.random.default_rng(3).permutation(rest)[: 10_000 - len(held)]])
            place = {surface: i for i, surface in enumerate(pool)}
            queries = np.unique(data.pairs[asked, query_side])
            right = torch.zeros(len(queries), len(pool), dtype=torch.bool)
            row = {surface: i for i, surface in enumerate(queries)}
            for pair in np.where(data.split == side)[0]:
                if data.pairs[pair, query_side] in row:
                    right[row[data.pairs[pair, query_side]], place[data.pairs[pair, other]]] = True
            documents = encode(other, pool)
            hits, active = 0, 0
            for i in range(0, len(queries), 512):
                vectors = encode(query_side, queries[i : i + 512])
                active += (vectors > 0).sum().item()
                scores, good = vectors @ documents.t(), right[i : i + 512].to(device)
                best = scores.masked_fill(~good, -1).max(1)[0]
                hits += ((best > 0) & ~((scores >= best[:, None]) & ~good).any(1)).sum().item()
            found[f"{name} {label}"] = round(100 * hits / len(queries), 1)
            if side == 1:
                found[f"active terms {label[:2]}"] = round(active / len(queries), 1)
            if side == 1 and query_side == 0:
                found["most frequent term"] = round(float((documents > 0).float().mean(0).max()), 3)
                some = F.normalize(documents[torch.randperm(len(documents))[:1000]], dim=1)
                found["cosine"] = round(float((some[:500] * some[500:]).sum(1).mean()), 3)
    return found


def run(job):
    name, folder, teraflop = job
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.set_num_threads(1 if device == "cuda" else 2)
    setting = BASE | ABLATIONS[name] | ({"teraflop": teraflop} if teraflop else {})
    data = Data(folder, setting)
    started = time.time()
    model, cost = train(data, setting, device)
    figures = judged(model, data, device)
    return {"name": name, **ABLATIONS[name], **cost, "seconds": round(time.time() - started, 1), **figures}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default=",".join(ABLATIONS))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--teraflop", type=float, help="stop every setting after so many 10¹² operations: a rehearsal")
    flags = parser.parse_args()
    with multiprocessing.get_context("spawn").Pool(flags.workers) as pool:
        for line in pool.imap(run, [(name, flags.folder, flags.teraflop) for name in flags.only.split(",")]):
            print(json.dumps(line, ensure_ascii=False), flush=True)
