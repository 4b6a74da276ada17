"""Trains a SentencePiece unigram model as XLM-R's is, turns it into a tokenizer.json, and gives the ids of the Rust tokenizers.

    pip install sentencepiece tokenizers
    echo '{"corpus": [...], "texts": [...]}' | python3 test/language/reference/make_unigram.py

Its output holds SentencePiece's table of Unicode normalisation, a quarter of a megabyte, and so is made live
(npm run test:python) and not kept.
"""

import io
import json
import sys

import sentencepiece
import tokenizers
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

given = json.load(sys.stdin)
trained = io.BytesIO()
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(given["corpus"]),
    model_writer=trained,
    vocab_size=170,
    model_type="unigram",
    character_coverage=0.9995,
    normalization_rule_name="nmt_nfkc",
    minloglevel=2,
)
model = sentencepiece_model_pb2.ModelProto()
model.ParseFromString(trained.getvalue())
# Ids in XLM-R's order: its special tokens first, <mask> last.
special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
vocabulary = special + [(piece.piece, piece.score) for piece in model.pieces[3:]] + [("<mask>", 0.0)]
made = Tokenizer(models.Unigram(vocabulary, unk_id=3))
made.normalizer = normalizers.Sequence(
    [
        normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap),
        normalizers.Replace(tokenizers.Regex(" {2,}"), " "),
    ]
)
made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
ids = [made.encode(text).ids for text in given["texts"]]
print(json.dumps({"tokenizer": made.to_str(), "ids": ids}))
