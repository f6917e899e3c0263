"""How two texts differ, in words that people read: of a body its words, not its tags.

    differing.of_html(before, after).table(left="Yesterday", right="Today", caption="Text")

Pure functions: they read no database, and any text may be given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from . import blocks, matching, showing
from .blocks import Block
from .matching import Row

__all__ = ["Difference", "Row", "of_html", "of_plain"]


@dataclass(frozen=True)
class Difference:
    """Of two texts; `is_same` where they are the same to the byte."""

    is_same: bool
    left: list[Block]
    right: list[Block]

    @cached_property
    def rows(self) -> list[Row]:
        """The blocks of both, side by side."""
        return matching.rows(self.left, self.right)

    @property
    def is_same_in_words(self) -> bool:
        """Whether no word differs, though emphasis or what a reader does not see may."""
        return all(row.is_same for row in self.rows)

    def table(
        self,
        *,
        left: str,
        right: str,
        caption: str,
        context: int | None = 1,
        pictures: Mapping[str, str] | None = None,
    ) -> SafeString:
        """Safe HTML with `<del>` and `<ins>`, and words for those who see no colour.

        `left` and `right` head the columns. Passages further than `context` rows from a change are
        counted, not shown (None: all are). `pictures` are names by uuid.
        """
        return showing.table(
            self.rows,
            left=left,
            right=right,
            caption=caption,
            context=context,
            pictures=pictures or {},
        )


def of_html(before: str, after: str) -> Difference:
    """Of two stored bodies; what somebody typed goes through `richtext.clean` first."""
    return Difference(before == after, blocks.of_html(before), blocks.of_html(after))


def of_plain(before: str, after: str) -> Difference:
    """Of two plain texts, whose lines are the rows."""
    return Difference(before == after, blocks.of_plain(before), blocks.of_plain(after))
