"""Two texts beside each other as a table. Colour is never the only sign of a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from .blocks import Block, Kind
from .matching import Row, Run, Side
from .words import Sort, Word

GONE, NEW = "del", "ins"


def table(
    rows: Sequence[Row],
    *,
    left: str,
    right: str,
    caption: str,
    context: int | None,
    pictures: Mapping[str, str],
) -> SafeString:
    body = []
    for some, is_shown in _folded(rows, context):
        if is_shown:
            body += [_line(row, pictures) for row in some]
        else:
            said = ngettext(
                "%(n)s passage without a change", "%(n)s passages without a change", len(some)
            )
            sentence = f"… {said % {'n': len(some)}} …"
            body.append(format_html('<tr class="folded"><td colspan="2">{}</td></tr>', sentence))
    return format_html(
        '<table class="diff"><caption class="visually-hidden">{}</caption>'
        '<thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        caption,
        left,
        right,
        mark_safe("".join(body)),  # noqa: S308  made by _line
    )


def _folded(rows: Sequence[Row], context: int | None) -> Iterator[tuple[list[Row], bool]]:
    """Stretches that are shown, and those that are not since nothing near them has changed."""
    changed = [at for at, row in enumerate(rows) if not row.is_same]
    near = {at + step for at in changed for step in range(-(context or 0), (context or 0) + 1)}
    stretch: list[Row] = []
    was_shown = True
    for at, row in enumerate(rows):
        is_shown = context is None or at in near
        if stretch and is_shown != was_shown:
            yield stretch, was_shown
            stretch = []
        stretch.append(row)
        was_shown = is_shown
    if stretch:
        yield stretch, was_shown


def _line(row: Row, pictures: Mapping[str, str]) -> SafeString:
    if row.is_same and row.right:
        return format_html(
            '<tr class="same"><td colspan="2">{}</td></tr>', _side(row.right, NEW, pictures)
        )
    return format_html(
        "<tr>{}{}</tr>", _cell(row.left, GONE, pictures), _cell(row.right, NEW, pictures)
    )


def _cell(side: Side | None, sign: str, pictures: Mapping[str, str]) -> SafeString:
    if side is None:
        return format_html('<td class="nothing {}"></td>', sign)
    return format_html('<td class="{}">{}</td>', sign, _side(side, sign, pictures))


def _side(side: Side, sign: str, pictures: Mapping[str, str]) -> SafeString:
    label = _label(side.block)
    told = format_html('<span class="kind">{}</span> ', label) if label else SafeString("")
    runs = ((_run(run, sign, pictures),) for run in side.runs)
    return format_html("{}{}", told, format_html_join("", "{}", runs))


def _run(run: Run, sign: str, pictures: Mapping[str, str]) -> SafeString:
    if not run.is_changed:
        # Where links lead is told where that has changed.
        words = [word for word in run.words if word.sort != Sort.LINK]
        return _words(words, pictures)
    heard = gettext("removed:") if sign == GONE else gettext("added:")
    space = " " if run.words and run.words[0].is_spaced else ""
    said = mark_safe(_words(run.words, pictures).lstrip())  # noqa: S308  escaped there
    return format_html(
        '{}<{}><span class="visually-hidden">[{} </span>{}<span class="visually-hidden">]</span></{}>',
        space,
        mark_safe(sign),  # noqa: S308  one of two constants
        heard,
        said,
        mark_safe(sign),  # noqa: S308
    )


def _words(words: Sequence[Word], pictures: Mapping[str, str]) -> SafeString:
    return escape("".join(" " * word.is_spaced + _said(word, pictures) for word in words))


def _said(word: Word, pictures: Mapping[str, str]) -> str:
    if word.sort == Sort.NOTE:
        return "[" + gettext("Footnote:")
    if word.sort == Sort.LINK:
        return f"(→ {word.text})"
    if word.sort == Sort.PICTURE:
        named = pictures.get(word.text) or word.text[:8]
        return "[" + gettext("Picture: %s") % named + "] "
    return word.text


def _label(block: Block) -> str:
    """What kind of block it is, where it is no plain paragraph."""
    names = {
        Kind.HEADING: gettext("Heading") if block.depth < 3 else gettext("Subheading"),
        Kind.ITEM: gettext("List"),
        Kind.NUMBERED: gettext("Numbered list"),
        Kind.QUOTATION: gettext("Quotation"),
        Kind.SOURCE: gettext("Source of the quotation"),
        Kind.ROW: pgettext("of a table", "Row"),
        Kind.CAPTION: gettext("Caption of the table"),
        Kind.FIGURE: gettext("Figure"),
        Kind.LINE: gettext("Dividing line"),
    }
    return names.get(block.kind, "")
