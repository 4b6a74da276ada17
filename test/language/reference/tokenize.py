"""Token ids by Hugging Face's Rust tokenizers (pip install tokenizers; made with 0.23).

  python tokenize.py TOKENIZER_JSON < texts.json > ids.json     texts: [string]; ids: [{full, cut8}]
"""
import json
import sys

from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(sys.argv[1])
texts = json.load(sys.stdin)
rows = []
for text in texts:
    tokenizer.enable_truncation(max_length=64)
    full = tokenizer.encode(text).ids
    tokenizer.enable_truncation(max_length=8)
    rows.append({"full": full, "cut8": tokenizer.encode(text).ids})
# Kept in the file itself: the truncation that is used when nobody asks for another.
own = Tokenizer.from_file(sys.argv[1]).encode("서울 " * 500).ids
decoded = [tokenizer.decode([i], skip_special_tokens=False) for i in range(tokenizer.get_vocab_size())]
json.dump({"rows": rows, "ownTruncation": len(own), "decoded": decoded}, sys.stdout, ensure_ascii=False, indent=None)
print()
