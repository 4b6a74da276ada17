"""sentence-transformers' SparseEncoderTrainer as a peer: python sentence_transformers_steps.py FOLDER cpu|cuda PRECISION THREADS.

The same network and weights on the same token ids: SpladeLoss over in-batch and hard negatives. Its objective is not ours (no
alignment, no activation), so its losses differ; the texts that it encodes are the same: query, positive, negative, and the two
synonyms as further negatives. Answers as torch_steps.py does; only the steps are timed, not what train() does around them.
"""

import json
import pathlib
import resource
import sys
import time

import torch
from datasets import Dataset
from sentence_transformers import SparseEncoder, SparseEncoderTrainer, SparseEncoderTrainingArguments
from sentence_transformers.sparse_encoder.losses import SparseMultipleNegativesRankingLoss, SpladeLoss
from sentence_transformers.sparse_encoder.models import MLMTransformer, SpladePooling
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertForMaskedLM, PreTrainedTokenizerFast, TrainerCallback

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from network import bert_config, read_weights

folder, device, precision, threads = pathlib.Path(sys.argv[1]), *sys.argv[2:5]
torch.set_num_threads(int(threads))
problem = json.loads((folder / "problem.json").read_text())
config, adam, examples = problem["config"], problem["optimiser"], problem["shape"]["examples"]


def token_of(index):
    return f"t{index}"


def texts(name):
    """Each row as words of the vocabulary below, padding left out."""
    return [
        " ".join(token_of(index) for index, real in zip(ids, mask) if real)
        for batch in problem["batches"]
        for ids, mask in zip(rows(batch[name + "_ids"]), rows(batch[name + "_mask"]))
    ]


def rows(tensor):
    width = tensor["shape"][1]
    return [tensor["data"][at : at + width] for at in range(0, len(tensor["data"]), width)]


def part(all_texts, parts, which):
    """Rows of one kind: a batch holds all of the first kind, then all of the second, and so on."""
    size = examples * parts
    batches = [all_texts[at : at + size] for at in range(0, len(all_texts), size)]
    return [text for batch in batches for text in batch[which * examples : (which + 1) * examples]]


short, long = texts("short"), texts("long")
data = Dataset.from_dict(
    {
        "anchor": part(short, 3, 0),
        "positive": part(long, 2, 0),
        "negative_1": part(long, 2, 1),
        "negative_2": part(short, 3, 1),
        "negative_3": part(short, 3, 2),
    }
)
vocabulary = {token_of(index): index for index in range(config["vocabularySize"])}
words = Tokenizer(models.WordLevel(vocabulary, unk_token=token_of(1)))
words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
home = folder / "sentence-transformers"
PreTrainedTokenizerFast(
    tokenizer_object=words, pad_token=token_of(0), unk_token=token_of(1), model_max_length=config["maxLength"]
).save_pretrained(home)
network = BertForMaskedLM(
    bert_config(config, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
)
network.load_state_dict(read_weights(folder, problem), strict=False)
network.save_pretrained(home)
model = SparseEncoder(modules=[MLMTransformer(str(home)), SpladePooling("max")], device=device)
loss = SpladeLoss(
    model,
    SparseMultipleNegativesRankingLoss(model),
    query_regularizer_weight=problem["sparsityWeight"],
    document_regularizer_weight=problem["sparsityWeight"],
)


class Clock(TrainerCallback):
    """Wall and CPU time from the first step's beginning to the last one's end."""

    began = ended = (0.0, 0.0)

    def on_step_begin(self, _args, state, _control, **_):
        if state.global_step == 0:
            self.began = now()

    def on_step_end(self, _args, _state, _control, **_):
        self.ended = now()


def now():
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter(), time.process_time()


def train(steps):
    clock = Clock()
    arguments = SparseEncoderTrainingArguments(
        output_dir=str(folder / "sentence-transformers-output"),
        per_device_train_batch_size=examples,
        max_steps=steps,
        learning_rate=problem["learningRate"],
        weight_decay=adam["weightDecay"],
        max_grad_norm=adam["maxGradientNorm"],
        adam_beta2=adam["beta2"],
        optim="adamw_torch_fused",
        use_cpu=device == "cpu",
        bf16=precision == "bf16",
        fp16=precision == "fp16",
        tf32=device == "cuda",
        save_strategy="no",
        logging_strategy="steps",
        logging_steps=1,
        report_to="none",
        disable_tqdm=True,
    )
    trainer = SparseEncoderTrainer(model=model, args=arguments, train_dataset=data, loss=loss, callbacks=[clock])
    trainer.train()
    (wall, cpu), (wall_end, cpu_end) = clock.began, clock.ended
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    return {"seconds": wall_end - wall, "cpuSeconds": cpu_end - cpu, "losses": losses}


def peak_bytes():
    if device == "cuda":
        return torch.cuda.max_memory_reserved()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# The answers have stdout to themselves; what the trainer prints goes to stderr.
answers, sys.stdout = sys.stdout, sys.stderr
print(json.dumps({"ready": True}), file=answers, flush=True)
for line in sys.stdin:
    report = train(json.loads(line)["steps"])
    print(json.dumps({**report, "peakBytes": peak_bytes()}), file=answers, flush=True)
