"""What somebody typed, read as a question to the index. Any text may be given; none raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from advocacy.publishing.models import Language
from advocacy.un.bodies import BODIES
from advocacy.un.reading import nearest
from advocacy.un.symbols import Symbol, find, parse

from . import words

LONGEST = 200  # characters that are read
MOST_TERMS = 12
MOST_TOKENS = 40  # in one phrase

# Said so often that they tell nothing; inside a phrase they keep their place.
_COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of"),
        *("on", "or", "that", "the", "this", "to", "was", "were", "with"),
    )
)
# What Korean puts after a noun, and the syllables it must leave: 인권을, but not 김정은.
_PARTICLES = (
    *(("에서", 2), ("에게", 2), ("으로", 2), ("을", 2), ("를", 2)),
    *(("은", 3), ("는", 3), ("의", 3), ("와", 3), ("과", 3)),
)
_MARKS = str.maketrans("“”„‟«»「」『』〝〞＂", '"' * 13)
_PART = re.compile(r'(?P<minus>[-−–]?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class Phrase(NamedTuple):
    """Tokens next to each other; with `open_end`, the last is the beginning of one."""

    tokens: tuple[str, ...]
    open_end: bool = False


class Term(NamedTuple):
    """One thing that must be there, or must not: any one of these phrases."""

    options: tuple[Phrase, ...]


class Query(NamedTuple):
    """`text` is what was read of it. `symbols` are the document symbols among what is wanted."""

    text: str = ""
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    #: The plain words in their order: those that stand together matter more.
    together: Phrase | None = None
    was_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def is_open(self) -> bool:
        """Whether words are asked for by their beginning."""
        return any(phrase.open_end for term in self.wanted for phrase in term.options)


def read(typed: str | None) -> Query:
    typed = typed or ""
    whole = " ".join(words.clean(typed[: 4 * LONGEST]).split())
    text = whole[:LONGEST].strip()
    if (symbol := _whole_symbol(text)) is not None:
        return Query(text, (_of_symbol(symbol),), (), (symbol,), None, False)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    common: list[Term] = []
    plain: list[str] = []
    symbols, rest = _without_symbols(text)
    for is_unwanted, symbol in symbols:
        (unwanted if is_unwanted else wanted).append(_of_symbol(symbol))
    is_cut = len(whole) > LONGEST or len(typed) > 4 * LONGEST
    for part in _PART.finditer(rest.translate(_MARKS)):
        if len(wanted) + len(unwanted) >= MOST_TERMS:
            is_cut = True
            break
        spoken = part["phrase"] if part["word"] is None else part["word"]
        term = _quoted(spoken) if part["word"] is None else _word(spoken)
        if term is None:
            continue
        if part["minus"]:
            unwanted.append(term)
        elif part["word"] is not None and spoken.lower() in _COMMON:
            common.append(term)
            plain.append(spoken)
        else:
            wanted.append(term)
            plain.append(spoken)
    if not wanted:
        wanted = common[:MOST_TERMS]
    asked = tuple(symbol for is_unwanted, symbol in symbols if not is_unwanted)
    return Query(text, _each_once(wanted), _each_once(unwanted), asked, _together(plain), is_cut)


def typed_so_far(typed: str) -> Query:
    """As `read`, while somebody is still writing the last word."""
    text = words.clean(typed)[:LONGEST]
    if text and text[-1].isalnum() and text.count('"') % 2 == 0:
        return read(text + "*")
    return read(text)


def _each_once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _whole_symbol(text: str) -> Symbol | None:
    """The document that is asked for by its symbol alone, however it is spelled."""
    if not any(sign.isdigit() for sign in text) or '"' in text:
        return None
    if symbol := parse(text):
        return symbol
    found = find(text)
    if found and (found[0][0], found[0][1]) != (0, len(text)) and " " in text:
        return None  # with other words around it
    symbol = nearest(text)
    # `A 1997` is a letter and a year, unless somebody wrote the stroke.
    return None if symbol is None or (symbol.form.bare and "/" not in text) else symbol


def _without_symbols(text: str) -> tuple[list[tuple[bool, Symbol]], str]:
    """The symbols in a question, whether each is unwanted, and the text without them."""
    found, rest, done = [], [], 0
    for start, end, symbol in find(text)[:MOST_TERMS]:
        is_quoted = text[:start].count('"') % 2 == 1
        is_unwanted = start > 0 and text[start - 1] in "-−–"
        if is_quoted:
            continue
        found.append((is_unwanted, symbol))
        rest.append(text[done : start - is_unwanted])
        done = end
    return found, " ".join([*rest, text[done:]])


def _of_symbol(symbol: Symbol) -> Term:
    return Term((Phrase((words.of_symbol(symbol),)),))


def _quoted(text: str) -> Term | None:
    phrase = _phrase(text)
    return Term((phrase,)) if phrase else None


def _word(text: str) -> Term | None:
    phrase = _phrase(text)
    if phrase is None:
        return None
    bare = text.rstrip("*")
    if bare != text and bare and bare[-1].isalnum():
        return Term(tuple(_beginnings(phrase, bare)))
    return Term((phrase, *_full_names().get(bare.upper(), ()), *_without_particle(bare)))


@cache
def _full_names() -> dict[str, tuple[Phrase, ...]]:
    """What the short names of the UN and its bodies stand for, if they are one word: 안보리, CEDAW."""
    found: dict[str, tuple[Phrase, ...]] = {"UN": (Phrase(("unit", "nation")), Phrase(("유엔",)))}
    for body in BODIES.values():
        for language in Language.values:
            short, name = body.short(language), body.name(language).removeprefix("유엔 ")
            if " " not in short and short != name and (phrase := _phrase(name)):
                found[short.upper()] = (*found.get(short.upper(), ()), phrase)
    return found


def _phrase(text: str) -> Phrase | None:
    """The tokens of a text as they stand in the index, wherever in a compound it is found."""
    found = words.names(text)[:MOST_TOKENS]
    if not found:
        return None
    if words.is_paired(found[-1]):  # the last syllable of the text is not the last of its run
        if len(found) > 1 and words.is_paired(found[-2]) and len(found[-2]) == 2:
            found.pop()
        else:
            return Phrase(tuple(found), open_end=True)
    return Phrase(tuple(found))


def _beginnings(phrase: Phrase, bare: str) -> Iterator[Phrase]:
    """`resol*`: words are kept as stems, so what was typed may be longer than the stem it begins."""
    if words.is_paired(phrase.tokens[-1]):
        yield phrase
        return
    last = list(words.tokens(bare))[-1]
    begun = words.folded(bare[last.start : last.end])
    before = phrase.tokens[:-1]
    yield Phrase((*before, begun), open_end=True)
    if phrase.tokens[-1] != begun:
        yield phrase


def _without_particle(word: str) -> Iterator[Phrase]:
    for particle, left in _PARTICLES:
        bare = word.removesuffix(particle)
        if bare != word and len(bare) >= left and all(words.is_paired(sign) for sign in bare):
            if phrase := _phrase(bare):
                yield phrase
            return


def _together(plain: list[str]) -> Phrase | None:
    """Several words as one phrase. A single one is near itself anyway."""
    return _phrase(" ".join(plain)) if len(plain) > 1 else None
