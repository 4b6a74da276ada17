"""English stems by the Snowball project's own Python (pip install snowballstemmer; made with 2.2.0; 3.0 changed some words, such as university).

  python stems.py WORDS_FILE > stems.json     a word a line, lower case; {word: stem}
"""
import json
import sys

from snowballstemmer import stemmer

english = stemmer("english")
words = sorted({line.strip().lower() for line in open(sys.argv[1]) if line.strip().isascii() and line.strip().isalpha()})
json.dump({word: english.stemWord(word) for word in words}, sys.stdout, indent=1)
print()
