"""Finds what Django templates mark for translation, with Django's own lexer, so that both read a tag alike."""

import re

from django.template.base import Lexer, TokenType
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import trim_whitespace

TRANSLATE = {"translate", "trans"}
BLOCK = {"blocktranslate", "blocktrans"}
END_OF_BLOCK = {f"end{name}" for name in BLOCK}
LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TAG = re.compile(rf"\b_\({LITERAL}\)")


def messages(source):
    """(line, context or None, singular, plural or None) of each, in order; raises ValueError for an unclosed block."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for found in IN_TAG.finditer(token.contents):
                yield token.lineno, None, _literal(found[1]), None
        if token.token_type != TokenType.BLOCK:
            continue
        name, *words = smart_split(token.contents)
        if name in TRANSLATE and words and words[0][0] in "\"'":
            literal = re.match(LITERAL, words[0])
            yield token.lineno, _context(words), _literal(literal[1]), None
        elif name in BLOCK:
            yield token.lineno, _context(words), *_block(tokens, trimmed="trimmed" in words, line=token.lineno)


def _literal(text):
    # As django.template.base.Variable and TranslateNode do
    return unescape_string_literal(text).replace("%", "%%")


def _context(words):
    return unescape_string_literal(words[words.index("context") + 1]) if "context" in words else None


def _block(tokens, *, trimmed, line):
    """(singular, plural or None), consuming the tokens up to the end of the block."""
    parts = [""]
    for token in tokens:
        if token.token_type == TokenType.TEXT:
            parts[-1] += token.contents.replace("%", "%%")
        elif token.token_type == TokenType.VAR:
            parts[-1] += f"%({token.contents})s"
        elif token.token_type == TokenType.BLOCK and token.contents.split()[0] == "plural":
            parts.append("")
        elif token.token_type == TokenType.BLOCK and token.contents.split()[0] in END_OF_BLOCK:
            singular, plural, *_ = [trim_whitespace(part) if trimmed else part for part in parts] + [None]
            return singular, plural
    raise ValueError(f"The block of line {line} does not end.")
