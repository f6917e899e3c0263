"""How well names are found, and how fast: on invented people and texts that are on every machine."""

from __future__ import annotations

import ast
import random
import re
import site
import sysconfig
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from advocacy.protection.matching import Form, Kind, Matcher, Person

PEOPLE = 1000
MEGABYTE = 1_000_000
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄"
)
_FIRST = "영정재동수은지현성민경철순명상혜광태남춘옥금미윤승인기용창석해"
_SECOND = "수호철희영숙자진훈민혁일남순옥경화성식아연란선주미환국룡봉"
_HANGUL = re.compile("[가-힣]")
_QUOTED = re.compile(r'"(.*)"$', re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """In texts that name nobody: words read, false blocks and warnings."""

    words: int
    blocks: int
    warnings: int

    @property
    def blocks_in_a_million(self) -> float:
        return self.blocks * 1e6 / self.words


def people(number: int = PEOPLE) -> list[Person]:
    """Invented names, the same each time."""
    draw = random.Random(7)  # noqa: S311 - not for secrets
    names: dict[str, None] = {}
    while len(names) < number:
        names[draw.choice(_SURNAMES) + draw.choice(_FIRST) + draw.choice(_SECOND)] = None
    return [Person(name, (Form(name, name),)) for name in names]


def false_alarms(matcher: Matcher, texts: Iterable[str]) -> Found:
    """Each hit in texts of software is false: nobody of ours is in them."""
    words, kinds = 0, Counter[Kind]()
    for text in texts:
        words += len(text.split())
        kinds.update(hit.kind for hit in matcher.find(text))
    return Found(words, kinds.pop(Kind.FULL, 0), kinds.total())


def seconds_a_megabyte(matcher: Matcher, texts: Iterable[str]) -> float:
    """CPU for a text of a million characters that the matcher has not seen before."""
    text = "\n".join(texts)
    text = (text * (MEGABYTE // len(text) + 1))[:MEGABYTE]
    start = time.process_time()
    matcher.find(text)
    return time.process_time() - start


def english() -> Iterator[str]:
    """Paragraphs of the documentation inside Python's standard library and Django."""
    stdlib = Path(sysconfig.get_path("stdlib"))
    own = [path for path in stdlib.rglob("*.py") if "site-packages" not in path.parts]
    for path in sorted([*own, *Path(django.__file__).parent.rglob("*.py")]):
        try:
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source)
        except (OSError, ValueError, SyntaxError, RecursionError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield from (ast.get_docstring(node) or "").split("\n\n")


def korean(own: Path) -> Iterator[str]:
    """Sentences of the Korean translations of installed packages and of this project."""
    places = [own, *map(Path, site.getsitepackages())]
    for path in sorted({path for place in places for path in place.rglob("ko/LC_MESSAGES/*.po")}):
        for entry in path.read_text(encoding="utf-8").split("\n\n"):
            sentence = "".join(_QUOTED.findall(entry.partition("msgstr")[2]))
            if _HANGUL.search(sentence):
                yield sentence
