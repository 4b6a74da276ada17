"""Reads a bz2 dump with Python's own decoder and XML reader and has a library make plain text of every article.

    python3 parse-pages.py mwparserfromhell|wikitextparser DUMP OUT.jsonl WORKERS
"""
import bz2
import json
import multiprocessing
import sys
import xml.etree.ElementTree as ElementTree


def pages(dump):
    path, fields = [], {}
    with bz2.open(dump, 'rb') as stream:
        for event, element in ElementTree.iterparse(stream, events=('start', 'end')):
            tag = element.tag.rsplit('}', 1)[-1]
            if event == 'start':
                path.append(tag)
                continue
            path.pop()
            if tag in ('title', 'ns', 'text', 'model'):
                fields[tag] = element.text or ''
            elif tag == 'redirect':
                fields[tag] = True
            elif tag == 'page':
                if fields.get('ns', '0') == '0' and 'redirect' not in fields and fields.get('model', 'wikitext') == 'wikitext':
                    yield fields['title'], fields.get('text', '')
                fields = {}
            if tag in ('page', 'revision', 'text', 'siteinfo'):
                element.clear()


def with_mwparserfromhell(page):
    import mwparserfromhell
    title, text = page
    return title, mwparserfromhell.parse(text).strip_code()


def with_wikitextparser(page):
    import wikitextparser
    title, text = page
    return title, wikitextparser.parse(text).plain_text()


def main():
    library, dump, out, workers = sys.argv[1:]
    parse = {'mwparserfromhell': with_mwparserfromhell, 'wikitextparser': with_wikitextparser}[library]
    with open(out, 'w', encoding='utf-8') as file, multiprocessing.Pool(int(workers)) as pool:
        for title, text in pool.imap(parse, pages(dump), chunksize=10):
            file.write(json.dumps({'title': title, 'text': text}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
