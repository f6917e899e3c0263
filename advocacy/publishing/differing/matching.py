"""What two sequences have in common, and which block of one is told as which of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from .blocks import Block
from .words import Word

#: Of their words, two blocks share at least so much that one may have become the other.
ALIKE = 0.25
#: More pairs than that are not weighed against each other: they are taken in order.
MOST_PAIRS = 40_000


class Run(NamedTuple):
    """Words in a row that both sides have, or one has alone."""

    is_changed: bool
    words: tuple[Word, ...]


class Side(NamedTuple):
    """A block on its side of a row."""

    block: Block
    runs: tuple[Run, ...]


class Row(NamedTuple):
    """What stands beside each other; on one side there may be nothing."""

    left: Side | None
    right: Side | None

    @property
    def is_same(self) -> bool:
        return bool(self.left and self.right and self.left.block[:2] == self.right.block[:2]) and (
            not any(run.is_changed for side in self if side for run in side.runs)
        )


def rows(left: Sequence[Block], right: Sequence[Block]) -> list[Row]:
    found = []
    for tag, a, b, c, d in _opcodes(list(map(_said, left)), list(map(_said, right))):
        if tag == "equal":
            found += [_row(*both) for both in zip(left[a:b], right[c:d], strict=True)]
        else:
            found += [_row(*both) for both in _paired(left[a:b], right[c:d])]
    return found


def _row(left: Block | None, right: Block | None) -> Row:
    if left is None or right is None:
        return Row(left and _whole(left, True), right and _whole(right, True))
    if _said(left) == _said(right):
        return Row(_whole(left, False), _whole(right, False))
    if _likeness(_bag(left), _bag(right)) < ALIKE:  # what they share, they share by chance
        return Row(_whole(left, True), _whole(right, True))
    return Row(*_compared(left, right))


def _said(block: Block) -> tuple:
    return block.kind, block.depth, tuple(word.said for word in block.words)


def _whole(block: Block, is_changed: bool) -> Side:
    return Side(block, (Run(is_changed, block.words),))


def _compared(left: Block, right: Block) -> tuple[Side, Side]:
    steps = _opcodes([word.said for word in left.words], [word.said for word in right.words])
    ours: list[Run] = []
    theirs: list[Run] = []
    for is_changed, a, b, c, d in _readable(steps, left.words):
        for runs, words in ((ours, left.words[a:b]), (theirs, right.words[c:d])):
            if words:
                runs.append(Run(is_changed, words))
    return Side(left, tuple(ours)), Side(right, tuple(theirs))


def _opcodes(left: Sequence, right: Sequence) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, left, right).get_opcodes()


def _readable(
    steps: Sequence[tuple[str, int, int, int, int]], words: Sequence[Word]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Changes as people read them: a comma or an article between two of them is no island."""
    held: tuple[int, int, int, int] | None = None
    for at, (tag, a, b, c, d) in enumerate(steps):
        is_island = tag == "equal" and 0 < at < len(steps) - 1 and _is_small(words[a:b])
        if tag != "equal" or is_island:
            held = (held[0], b, held[2], d) if held else (a, b, c, d)
            continue
        if held:
            yield True, *held
        held = None
        yield False, a, b, c, d
    if held:
        yield True, *held


def _is_small(words: Sequence[Word]) -> bool:
    return sum(any(map(str.isalnum, word.text)) for word in words) == 0 or (
        len(words) == 1 and len(words[0].text) < 3
    )


def _paired(
    left: Sequence[Block], right: Sequence[Block]
) -> Iterator[tuple[Block | None, Block | None]]:
    """Those that are alike side by side, in the order of both; the rest filled in between."""
    at, to = 0, 0
    for one, other in [*_alike(left, right), (len(left), len(right))]:
        yield from zip_longest(left[at:one], right[to:other])
        if one < len(left):
            yield left[one], right[other]
        at, to = one + 1, other + 1


def _alike(left: Sequence[Block], right: Sequence[Block]) -> list[tuple[int, int]]:
    """The pairs, in order, whose likeness is greatest in sum."""
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return []
    ours, theirs = list(map(_bag, left)), list(map(_bag, right))
    # best[i][j]: of left[i:] and right[j:]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[_likeness(one, other) for other in theirs] for one in ours]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(left) and j < len(right):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _bag(block: Block) -> set[str]:
    words = {word.text for word in block.words}
    return {word for word in words if any(map(str.isalnum, word))} or words


def _likeness(left: set[str], right: set[str]) -> float:
    """From 0 to 1: the share of the words of both that both have."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0
