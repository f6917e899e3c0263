"""Adds up hits in memory: a million of them become a handful of rows. Knows no database.

A click is visitor and item and kind in 64 bits. The visitor is a keyed hash, so evenly spread;
folding the item into it by exclusive or keeps it so: two of a million clicks a day coincide once in
37 million days.

Most clicks come once. Hits are held as columns, and counted by C iterators (array, map, Counter);
only those whose click comes again, or was there a moment before, are looked at one by one.
"""

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, compress, islice, repeat
from operator import eq, itemgetter, not_, xor
from struct import Struct

from .counter import DOUBLE_CLICK_MS, Kind, is_double_click
from .records import CODES, KINDS, ROBOT, SIZE

ITEM = Struct("<16x16s8x")
WORDS = SIZE // 8  # a record as five words: sum and head, milliseconds, item, item, visitor
DOWNLOAD = CODES[Kind.DOWNLOAD]
DOWNLOAD_MARK = (
    0x9E3779B97F4A7C15  # any odd constant: keeps a download apart from a view of the same item
)
KEEP_MS = 2 * DOUBLE_CLICK_MS

Totals = dict[tuple[bytes, Kind], list[int]]
Days = dict[tuple[bytes, Kind, int], list[int]]


class Head:
    """What the second four bytes of a record say: kind, robot, day; and what was counted of it."""

    def __init__(self, number: int) -> None:
        flags = number >> 8 & 0xFF
        self.day = number >> 16
        self.is_robot = bool(flags & ROBOT)
        self.kind = KINDS.get(flags & ~ROBOT)  # None: one that a later version knows
        self.mark = DOWNLOAD_MARK if flags & DOWNLOAD else 0
        self.hits: Counter[bytes] = Counter()  # by item
        self.returns: Counter[bytes] = Counter()  # hits that are not their visitor's first
        self.acted: set[int] = set()  # of the clicks that come again, those that counted

    def counts_readers(self, day: int) -> bool:
        return self.day == day and self.kind is not None and not self.is_robot


class Tally:
    """Counts per item, kind and day; double clicks left out; who came to which item.

    First `add` what is new in each journal, then `count` it, then say who was `known` of each day.
    """

    def __init__(self) -> None:
        self.runs: list[memoryview] = []
        self.lengths: list[int] = []  # hits of each journal
        self.ends: list[int] = []  # the last moment in each journal, in milliseconds
        self.heads: dict[int, Head] = {}
        self.clicks = array("Q")
        self.times = array("Q")
        self.sorted: list[int] = []
        self.looked_at: dict[int, int] = {}  # click that comes again -> its last time
        self.again: set[int] = set()

    def add(self, runs: Iterable[memoryview]) -> None:
        """Take in runs of whole records of one journal."""
        before = len(self)
        for run in runs:
            self._add(run)
        if len(self) > before:
            self.lengths.append(len(self) - before)
            self.ends.append(self.times[-1])

    def _add(self, run: memoryview) -> None:
        words, numbers = _column("Q", run), _column("I", run)[1 :: SIZE // 4]
        kinds = set(numbers)
        for number in kinds - self.heads.keys():
            self.heads[number] = Head(number)
        marks: Iterable[int] = repeat(self.heads[numbers[0]].mark)
        if len(kinds) > 1:
            mark_of = {number: self.heads[number].mark for number in kinds}
            marks = map(mark_of.__getitem__, numbers)
        items = map(xor, words[2::WORDS], words[3::WORDS])
        self.clicks.extend(map(xor, map(xor, items, words[4::WORDS]), marks))
        self.times.extend(words[1::WORDS])
        self.runs.append(run)

    def __len__(self) -> int:
        return len(self.clicks)

    @property
    def days(self) -> set[int]:
        return {head.day for head in self.heads.values()}

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last moment of a hit, in milliseconds."""
        return min(self.times), max(self.times)

    def count(self, recent: dict[int, int]) -> None:
        """Count everything. `recent` maps clicks of earlier folds to their last time, those at least
        that are among `clicks`.
        """
        self.sorted = sorted(self.clicks)
        twice = map(eq, self.sorted, islice(self.sorted, 1, None))
        self.again = set(compress(self.sorted, twice)) | recent.keys()
        if len(self.heads) == 1:
            (head,) = self.heads.values()
            head.hits.update(self._items())
        else:
            for number, head in self.heads.items():
                own = map(number.__eq__, self._numbers())
                head.hits.update(compress(self._items(), own))
        if self.again:
            self._leave_out_double_clicks(recent)

    def _leave_out_double_clicks(self, recent: dict[int, int]) -> None:
        last, heads = self.looked_at, self.heads
        for at_ms, number, item, click in self._in_order():
            previous = last.get(click)
            if previous is None:
                previous = recent.get(click)
            if previous is not None and is_double_click(previous, at_ms):
                last[click] = max(previous, at_ms)
                heads[number].hits[item] -= 1
                continue
            last[click] = at_ms
            head = heads[number]
            if click in head.acted:
                head.returns[item] += 1
            else:
                head.acted.add(click)

    def _in_order(self) -> Iterator[tuple[int, int, bytes, int]]:
        """The hits whose click comes again: time, head, item, click. In the order of time, as several
        workers wrote at once, and yet each journal in its own, as its clock may have been set back.
        """
        columns = zip(self.times, self._numbers(), self._items(), self.clicks, strict=True)
        again = map(self.again.__contains__, self.clicks)
        journals = (
            list(compress(islice(columns, length), islice(again, length)))
            for length in self.lengths
        )
        return merge(*journals, key=itemgetter(0))

    def readers(self, day: int) -> list[int]:
        """The clicks, sorted, of those who came on that day and were counted; robots left out."""
        human = {number: head for number, head in self.heads.items() if head.counts_readers(day)}
        if len(human) == len(self.heads) and not self.again:
            return self.sorted
        if len(human) == len(self.heads):
            came = set(self.clicks)
        else:
            came = set(compress(self.clicks, map(human.__contains__, self._numbers())))
        came -= self.again
        came.update(*(head.acted for head in human.values()))
        return list(compress(self.sorted, map(came.__contains__, self.sorted)))

    def known(self, day: int, clicks: set[int]) -> None:
        """These clicks were visitors of that day before: nobody new came with them."""
        left = set(clicks)
        columns = zip(self._numbers(), self._items(), self.clicks, strict=True)
        for number, item, click in compress(columns, map(clicks.__contains__, self.clicks)):
            head = self.heads[number]
            if click in left and head.counts_readers(day):
                left.discard(click)
                head.returns[item] += 1

    def sum_up(self) -> tuple[Totals, Days]:
        """Totals `[human, robots]` by item and kind; days `[human, robots, visitors]` by item,
        kind, day.

        A kind that only a later version of this program knows is left out.
        """
        totals: Totals = {}
        by_day: Days = {}
        for head in self.heads.values():
            if (kind := head.kind) is None:
                continue
            column = 1 if head.is_robot else 0
            for item, hits in head.hits.items():
                if hits:
                    total = totals.setdefault((item, kind), [0, 0])
                    row = by_day.setdefault((item, kind, head.day), [0, 0, 0])
                    total[column] += hits
                    row[column] += hits
                    if not head.is_robot:
                        row[2] += hits - head.returns[item]
        return totals, by_day

    def to_remember(self) -> "array[int]":
        """The clicks that a later one could still repeat: click, milliseconds, click, …"""
        oldest, last = min(self.ends) - KEEP_MS, max(self.ends) + KEEP_MS
        once: Iterable[tuple[int, int]] = zip(self.clicks, self.times, strict=True)
        if self.again:
            once = compress(once, map(not_, map(self.again.__contains__, self.clicks)))
        pairs = chain(once, self.looked_at.items())
        return array("Q", chain.from_iterable(pair for pair in pairs if oldest <= pair[1] <= last))

    def _numbers(self) -> Iterator[int]:
        return chain.from_iterable(_column("I", run)[1 :: SIZE // 4] for run in self.runs)

    def _items(self) -> Iterator[bytes]:
        return chain.from_iterable(chain.from_iterable(map(ITEM.iter_unpack, self.runs)))


def _column(code: str, run: memoryview) -> "array[int]":
    """The bytes of a run as little-endian numbers of four ("I") or eight ("Q") bytes."""
    numbers = array(code)
    numbers.frombytes(run)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
