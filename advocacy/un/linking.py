"""Turns the document symbols of a text into links: stored, they lead to the official record, which
stays where it is whatever becomes of us; read here, to our own page of the document.
"""

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from advocacy.un.symbols import OFFICIAL_RECORD, Symbol, find, parse

# Inside these a symbol is linked already, is meant literally, or is not text.
UNTOUCHED = frozenset(
    {"a", "button", "code", "iframe", "kbd", "math", "noscript", "option", "pre", "samp", "script"}
    | {"select", "style", "svg", "template", "textarea", "title"}
)

_STORED = re.compile(r'<a ([^<>]*\bclass="sym"[^<>]*)>([^<]*)</a>')
_ADDRESS = re.compile(f'\\bhref="{re.escape(OFFICIAL_RECORD)}/[^"]*"')


def link_symbols(html: str, language: str = "en") -> str:
    """Wrap every symbol in the text of an HTML fragment in `<a class="sym">`.

    A fragment in which nothing is to be linked comes back as it was, to the byte; so linking
    twice is linking once. The result is not yet safe to show: the sanitiser comes after this.
    """
    if not find(html) and "&" not in html and "<" not in html:
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    hits = [node for node in _texts(tree) if find(node.text_content or "")]
    for node in hits:
        for text, symbol in _pieces(node.text_content or ""):
            if symbol is None:
                node.insert_before(text)
                continue
            link = tree.create_node("a")
            link.attrs["class"] = "sym"
            link.attrs["href"] = symbol.url(language)
            link.insert_child(text)
            node.insert_before(link)
        node.decompose()
    return (tree.html or "") if hits else html


def to_our_pages(html: str, language: str) -> str:
    """A stored text with its links led to our pages of the documents, from which the official record
    is one step. A link with other words than the symbol was somebody's choice, and stays.
    """

    def led(match: re.Match[str]) -> str:
        symbol = parse(unescape(match[2]))
        if symbol is None:
            return match[0]
        address = f'href="{symbol.page(language)}"'
        return f"<a {_ADDRESS.sub(lambda _found: address, match[1])}>{match[2]}</a>"

    return _STORED.sub(led, html) if 'class="sym"' in html else html


def _pieces(text: str) -> Iterator[tuple[str, Symbol | None]]:
    """A text cut where links begin and end. What stands between them is looked at by itself: a symbol
    that ran into the next one ends where that begins.
    """
    found = find(text)
    if not found:
        yield text, None
        return
    done = 0
    for start, end, symbol in found:
        if start > done:
            yield from _pieces(text[done:start])
        yield text[start:end], symbol
        done = end
    if done < len(text):
        yield from _pieces(text[done:])


def _texts(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    if tree.root is None:
        return
    for node in tree.root.traverse(include_text=True):
        if node.is_text_node and not _is_untouched(node):
            yield node


def _is_untouched(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in UNTOUCHED:
            return True
        parent = parent.parent
    return False
