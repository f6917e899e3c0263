"""The words of the index as people write them: for beginnings of words, and for slips."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length

from advocacy.un.reading import nearest
from advocacy.un.symbols import find

from . import words
from .engines import engine
from .models import Word
from .porter import stem
from .query import LONGEST, Phrase, Query, Term, read

SHORTEST = 4  # letters of a word that may be a slip
MOST_BEGINNINGS = 64  # stems that one beginning stands for, beside those that begin with it
MOST_LIKE, MOST_TRIED = 2000, 6
LIKE_ENOUGH = 0.75


def learn(found: set[str]) -> None:
    for batch in _batches(sorted(found)):
        known = set(Word.objects.filter(word__in=batch).values_list("word", flat=True))
        unknown = [Word(word=word, stem=stem(word)) for word in batch if word not in known]
        Word.objects.bulk_create(unknown, ignore_conflicts=True)


def forget(stems: set[str]) -> None:
    """Let go of the words whose stem no document has any more."""
    for batch in _batches(sorted(stems)):
        of_words = set(Word.objects.filter(stem__in=batch).values_list("stem", flat=True))
        if gone := of_words - engine().used(of_words):
            Word.objects.filter(stem__in=gone).delete()


def widened(query: Query) -> Query:
    """With the stems of words that begin as asked and whose stem no longer does: testimony*."""
    wanted, unwanted = (
        tuple(Term(tuple(_each_once(_with_stems(term)))) for term in terms)
        for terms in (query.wanted, query.unwanted)
    )
    return query._replace(wanted=wanted, unwanted=unwanted)


def meant(query: Query, found: Callable[[Query], int]) -> str:
    """What was probably meant, if a symbol or a Latin word of it is a slip; "" if nothing better is
    known.

    `found` says how much readers are shown for a query. It decides alone what is offered, so words of
    texts that are not public are never among it.
    """
    if (better := _with_symbols(query.text)) != query.text:
        query = read(better)
        if found(query):
            return better
    slips: dict[str, list[str]] = {}
    for word in sorted(words.latin_words(query.text), key=query.text.lower().find):
        if len(word) >= SHORTEST and word.isalpha() and not found(read(word)):
            slips[word] = list(islice(_like(word), MOST_TRIED))
            if not slips[word]:
                return ""  # nor is another word looked for
    if not slips:
        return ""
    tried = islice(product(*slips.values()), 2 * MOST_TRIED)
    texts = [_instead(query.text, dict(zip(slips, chosen, strict=True))) for chosen in tried]
    counted = [(found(read(text)), text) for text in texts]
    # The nearest comes first among those that find as much.
    most, best = max(counted, key=lambda one: one[0] > 0, default=(0, ""))
    return best if most else ""


def _with_symbols(text: str) -> str:
    """The text with document symbols where something nearly is one: torture A/HRC/RES22/13."""

    def mended(part: str) -> str:
        bare = part.strip('"“”.,;:!?')
        is_one = bool(find(bare)) or not ("/" in bare and any(sign.isdigit() for sign in bare))
        meant = None if is_one else nearest(bare)
        return part.replace(bare, str(meant)) if meant else part

    return " ".join(mended(part) for part in text.split(" "))


def _with_stems(term: Term) -> Iterator[Phrase]:
    for phrase in term.options:
        yield phrase
        begun = phrase.tokens[-1]
        if not phrase.open_end or not begun.isascii() or len(begun) < 3:
            continue
        others = _beginning_with(begun).exclude(stem__startswith=begun)
        for other in others.order_by("stem").values_list("stem", flat=True)[:MOST_BEGINNINGS]:
            yield Phrase((*phrase.tokens[:-1], other))


def _beginning_with(begun: str) -> Any:
    """Words of one place in the alphabet, which an index finds where it does not find a beginning."""
    found = Word.objects.filter(word__startswith=begun, word__gte=begun)
    last = begun[-1]
    following = chr(ord(last) + 1)
    return found.filter(word__lt=begun[:-1] + following) if following.isalnum() else found


def _each_once(phrases: Iterable[Phrase]) -> list[Phrase]:
    return list(dict.fromkeys(phrases))


def _like(word: str) -> Iterator[str]:
    """Known words near a word, the nearest first."""
    near = Word.objects.filter(word__in=_one_slip_from(word)).exclude(word=word)
    found = set(near.values_list("word", flat=True))
    if not found and len(word) > SHORTEST:
        ends = Q(word__startswith=word[:2]) | Q(word__endswith=word[-3:])
        alike = Word.objects.annotate(length=Length("word")).filter(
            ends, length__gte=len(word) - 2, length__lte=len(word) + 2
        )
        found = set(alike.exclude(word=word).values_list("word", flat=True)[:MOST_LIKE])
    matcher = SequenceMatcher(b=word, autojunk=False)
    scored = []
    for other in found:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= LIKE_ENOUGH and (ratio := matcher.ratio()) >= LIKE_ENOUGH:
            scored.append((-ratio, other))
    return (other for _score, other in sorted(scored))


def _one_slip_from(word: str) -> set[str]:
    """A letter left out, doubled, wrong, or in its neighbour's place."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    return found | {left + letter + right for left, right in cuts for letter in letters}


def _instead(text: str, better: dict[str, str]) -> str:
    """The text with words put in place of others, whatever stands around them."""
    done, parts = 0, []
    for token in words.tokens(text):
        if token.start < done:
            continue
        if instead := better.get(words.folded(text[token.start : token.end])):
            parts += [text[done : token.start], instead]
            done = token.end
    return ("".join(parts) + text[done:])[:LONGEST]


def _batches(some: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """So many as any SQLite takes in one question: a report has tens of thousands of words."""
    return (some[at : at + size] for at in range(0, len(some), size))
