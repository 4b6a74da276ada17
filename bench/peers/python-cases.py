"""Runs a library's own tests and prints, as JSON lines, every input whose plain text they state.

    python3 python-cases.py wikiextractor|mwparserfromhell REPOSITORY
"""
import importlib
import io
import json
import os
import sys
import types
import unittest

cases = []


def record(source, expected, test):
    cases.append({'input': source, 'expected': expected, 'test': test})


def wikiextractor(repository):
    """clean_text gives a list of lines; assertEqual(lines, expected) states the text."""
    sys.path.insert(0, repository)
    from wikiextractor.extract import Extractor

    class Lines(list):
        source = ''

    original = Extractor.clean_text

    def clean_text(self, text, *args, **named):
        lines = Lines(original(self, text, *args, **named))
        lines.source = text
        return lines

    Extractor.clean_text = clean_text
    assert_equal = unittest.TestCase.assertEqual

    def recording(self, first, second, msg=None):
        for result, expected in ((first, second), (second, first)):
            if isinstance(result, Lines) and isinstance(expected, list) and isinstance(result.source, str):
                record(result.source, '\n'.join(expected), self.id())
        return assert_equal(self, first, second, msg)

    unittest.TestCase.assertEqual = recording
    os.chdir(os.path.join(repository, 'tests'))
    suite = unittest.defaultTestLoader.discover('.', top_level_dir='.')
    unittest.TextTestRunner(stream=io.StringIO()).run(suite)


def mwparserfromhell(repository):
    """Comparing what strip_code() or a node's __strip__() gives states the text."""
    class Decorator:
        def __call__(self, *args, **named):
            return lambda function: function

        def __getattr__(self, name):
            return self

    # The tests import pytest for its marks only, as far as they are run here.
    sys.modules.setdefault('pytest', types.SimpleNamespace(mark=Decorator(), fixture=Decorator(), raises=None))
    sys.path.insert(0, repository)
    import mwparserfromhell as library
    running = ['']
    defaults = {'normalize': True, 'collapse': True, 'keep_template_params': False}

    class Text(str):
        source = ''

        def __eq__(self, other):
            if isinstance(other, str):
                record(self.source, str(other), running[0])
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    def wrap(owner, name):
        original = getattr(owner, name)

        def wrapped(self, *args, **named):
            result = original(self, *args, **named)
            if not isinstance(result, str) or args or not named.items() <= defaults.items():
                return result
            text = Text(result)
            text.source = str(self)
            return text

        setattr(owner, name, wrapped)

    wrap(library.wikicode.Wikicode, 'strip_code')
    for node in vars(library.nodes).values():
        if isinstance(node, type) and '__strip__' in vars(node):
            wrap(node, '__strip__')
    for file in sorted(os.listdir(os.path.join(repository, 'tests'))):
        if not file.startswith('test_') or not file.endswith('.py'):
            continue
        try:
            module = importlib.import_module('tests.' + file[:-3])
        except Exception as error:
            print(f'{file}: {error}', file=sys.stderr)
            continue
        for name, function in vars(module).items():
            if name.startswith('test') and 'strip' in name:
                running[0] = f'{file}:{name}'
                try:
                    function()
                except Exception as error:
                    print(f'{running[0]}: {error}', file=sys.stderr)


def main():
    name, repository = sys.argv[1:]
    stdout, sys.stdout = sys.stdout, sys.stderr
    {'wikiextractor': wikiextractor, 'mwparserfromhell': mwparserfromhell}[name](os.path.abspath(repository))
    for case in cases:
        stdout.write(json.dumps(case, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
