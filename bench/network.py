"""What the Python peers of the benches share: the problem's weights, as problem.json and weights.bin say."""

import math

import torch
from transformers import BertConfig


def read_weights(folder, problem):
    """Name → f32 tensor; weights.bin holds them one after the other, little-endian."""
    values = torch.frombuffer(bytearray((folder / "weights.bin").read_bytes()), dtype=torch.float32)
    made, start = {}, 0
    for parameter in problem["parameters"]:
        size = math.prod(parameter["shape"])
        made[parameter["name"]] = values[start : start + size].view(parameter["shape"])
        start += size
    return made


def bert_config(config, **more):
    """The network for transformers."""
    return BertConfig(
        vocab_size=config["vocabularySize"],
        hidden_size=config["hiddenSize"],
        num_hidden_layers=config["layers"],
        num_attention_heads=config["heads"],
        intermediate_size=config["feedForwardSize"],
        max_position_embeddings=config["maxLength"],
        layer_norm_eps=config["layerNormEpsilon"],
        **more,
    )
