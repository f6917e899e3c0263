"""Stored bodies of every shape, and what a reader of the difference sees on each side of it."""

from __future__ import annotations

import html
import uuid

from hypothesis import strategies as st
from lxml import html as lxml_html

from advocacy.publishing.differing.words import composed, split
from advocacy.publishing.richtext import clean

WORDS = [
    "rights",
    "북한",
    "인권을",
    "인권",
    "A/HRC/25/63",
    "the",
    "don't",
    "2,014",
    "(",
    ",",
    "<",
    "&",
    "·",
]
words = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(min_size=1, max_size=6)), max_size=9
).map(lambda some: html.escape(" ".join(some)))
notes = words.map(lambda said: f'<span data-note="{said}"></span>')
links = words.map(lambda said: f'<a href="https://example.org/{len(said)}">{said}</a>')
lines = st.lists(
    st.one_of(words, notes, links, words.map(lambda said: f"<strong>{said}</strong>")), max_size=4
).map("".join)
figures = lines.map(
    lambda said: (
        f'<figure data-attachment="{uuid.UUID(int=len(said))}"><figcaption>{said}</figcaption></figure>'
    )
)
rows = st.lists(lines, min_size=1, max_size=3).map(
    lambda cells: "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in cells) + "</tr>"
)
tables = st.lists(rows, min_size=1, max_size=3).map(
    lambda some: f"<table><caption>Table</caption><tbody>{''.join(some)}</tbody></table>"
)
lists = st.lists(lines, min_size=1, max_size=3).map(
    lambda some: "<ul>" + "".join(f"<li><p>{one}</p></li>" for one in some) + "</ul>"
)
blocks = st.one_of(
    *(
        lines.map(lambda said, tag=tag: f"<{tag}>{said}</{tag}>")
        for tag in ("p", "h2", "h3", "blockquote")
    ),
    figures,
    tables,
    lists,
    st.just("<hr>"),
)
bodies = st.lists(blocks, max_size=6).map("".join).map(clean)


def words_of(body: str) -> list[str]:
    """Every word of a body, then those of its notes, read by another parser than the one under test."""
    tree = lxml_html.fragment_fromstring(body, create_parent="div")
    notes = [note for node in tree.iter() if (note := node.get("data-note"))]
    return sorted(_split(_text(tree)) + _split(" ".join(notes)))


INLINE = {"strong", "em", "a", "span", "sub", "sup", "cite"}


def _text(node) -> str:
    inner = (node.text or "") + "".join(_text(child) + (child.tail or "") for child in node)
    return inner if node.tag in INLINE else f"\n{inner}\n"


def _split(text: str) -> list[str]:
    return [word.text for word in split(composed(text))]
