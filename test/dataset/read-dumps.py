"""Independent oracle for sample.test.ts: reads a dump folder with Python's own bz2, gzip and ElementTree.

Usage: read-dumps.py FOLDER WIKI DATE; prints one JSON object.
"""
import bz2
import gzip
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

folder, wiki, date = sys.argv[1:]
path = f"{folder}/{wiki}-{date}-"
ns = "{http://www.mediawiki.org/xml/export-0.11/}"


def base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits.rjust(31, "0")


pages = []
wrong_sha1 = []
wrong_bytes = []
with bz2.open(path + "pages-articles-multistream.xml.bz2") as file:
    for _, element in ElementTree.iterparse(file):
        if element.tag != ns + "page":
            continue
        revision = element.find(ns + "revision")
        text = revision.find(ns + "text")
        body = (text.text or "").encode()
        if base36(int(hashlib.sha1(body).hexdigest(), 16)) != text.get("sha1"):
            wrong_sha1.append(element.findtext(ns + "title"))
        if len(body) != int(text.get("bytes")):
            wrong_bytes.append(element.findtext(ns + "title"))
        redirect = element.find(ns + "redirect")
        pages.append(
            {
                "id": int(element.findtext(ns + "id")),
                "ns": int(element.findtext(ns + "ns")),
                "title": element.findtext(ns + "title"),
                "redirect": None if redirect is None else redirect.get("title"),
                "revision": int(revision.findtext(ns + "id")),
                "text": text.text or "",
            }
        )
        element.clear()

raw = open(path + "pages-articles-multistream.xml.bz2", "rb").read()
streams = {}
for line in bz2.open(path + "pages-articles-multistream-index.txt.bz2", "rt", encoding="utf-8"):
    offset, page, title = line.rstrip("\n").split(":", 2)
    streams.setdefault(int(offset), []).append((int(page), title))
wrong_streams = []
for offset, listed in streams.items():
    stream = bz2.BZ2Decompressor().decompress(raw[offset:]).decode()
    root = ElementTree.fromstring("<mediawiki>" + stream + "</mediawiki>")
    found = [(int(page.findtext("id")), page.findtext("title")) for page in root.findall("page")]
    if found != listed or len(found) > 100:
        wrong_streams.append(offset)


def table(name):
    text = gzip.open(path + name + ".sql.gz", "rt", encoding="utf-8").read()
    rows = []
    for line in text.split("\n"):
        if line.startswith(f"INSERT INTO `{name}` VALUES "):
            for row in re.findall(r"\(((?:'(?:[^'\\]|\\.)*'|[^'()])*)\)", line):
                cells = re.findall(r"'((?:[^'\\]|\\.)*)'|([^,']+)", row)
                rows.append([re.sub(r"\\(.)", r"\1", quoted) if not bare else bare for quoted, bare in cells])
    return text.split("\n")[0], rows


first_line, page_rows = table("page")
_, langlinks = table("langlinks")
_, redirects = table("redirect")
print(
    json.dumps(
        {
            "pages": pages,
            "indexed": sum(len(listed) for listed in streams.values()),
            "wrongStreams": wrong_streams,
            "wrongSha1": wrong_sha1,
            "wrongBytes": wrong_bytes,
            "firstLine": first_line,
            "pageRows": page_rows,
            "langlinks": langlinks,
            "redirects": redirects,
        }
    )
)
