"""HTML that staff write: the one sanitiser, the field that holds it, and the footnotes in it.

Stored forms (DESIGN.md, "A publication"): a figure is `<figure data-attachment="uuid">caption</figure>`,
a footnote is `<span data-note="text"></span>` where its mark stands. Both are given their
readers' form when rendered.
"""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple
from uuid import UUID

import nh3
from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from advocacy.un.linking import link_symbols, to_our_pages

from .widgets import RichTextWidget

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "footer", "hr", "br"),
    *("a", "strong", "em", "sub", "sup", "span", "cite"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption"),
}
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang"},
    "figure": {"data-attachment"},
    "ol": {"start"},
    "span": {"data-note"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
#: After so many readings a text is given up on and kept as bare words.
READINGS = 10
_NOTE = re.compile(r'<span data-note="([^"]*)"></span>')
_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")
# Emphasis, links and notes part no words.
_INLINE = re.compile(r"""</?(?:a|strong|em|sub|sup|span|cite)\b(?:"[^"]*"|'[^']*'|[^"'>])*>""")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_COUNT = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


class Footnoted(NamedTuple):
    """A body with numbered marks, and the notes they lead to."""

    body: SafeString
    notes: SafeString


def clean(text: str) -> str:
    """`text` as it may be stored: UN symbols linked, then sanitised as the very last step.

    Sanitised until nothing changes, because badly nested HTML is read differently the second time
    (a link in a table in a link): what is stored is what every later reader sees.
    """
    for _attempt in range(READINGS):
        cleaned = _clean_once(text)
        if cleaned == text:
            return cleaned
        text = cleaned
    return _clean_once(html.escape(plain(text)))  # no nesting at all, and every word


def _clean_once(text: str) -> str:
    return nh3.clean(
        link_symbols(text),
        tags=TAGS,
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        allowed_classes={"a": {"sym"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


def _attribute(element: str, attribute: str, value: str) -> str | None:
    """The value as it may be stored, or None where the attribute would be no valid HTML."""
    if attribute in ("lang", "hreflang"):
        # A figure's stored form is one attribute, by which `attachments` finds it.
        return value if element != "figure" and _LANGUAGE.fullmatch(value) else None
    if attribute == "data-attachment":
        try:
            return str(UUID(value))
        except ValueError:
            return None
    if attribute in ("colspan", "rowspan", "start"):
        return value if _COUNT.fullmatch(value) else None
    if attribute == "scope":
        return value if value in ("row", "col", "rowgroup", "colgroup") else None
    return value


def plain(text: str) -> str:
    """The words of a body, without its tags and notes."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", text))).split())


def notes(text: str) -> list[str]:
    """What the footnotes of a stored body say, in reading order."""
    return [html.unescape(note) for note in _NOTE.findall(text)]


def footnoted(text: str, language: str) -> Footnoted:
    """Number the notes of a stored body, in reading order, and lead its symbols to our pages."""
    found: list[str] = []

    def mark(match: re.Match[str]) -> str:
        found.append(match[1])
        number = len(found)
        return f'<sup class="fn"><a id="fnref{number}" href="#fn{number}">{number}</a></sup>'

    # Only ever what clean() wrote, whose form is fixed: a pattern is enough, and costs microseconds.
    body = to_our_pages(_NOTE.sub(mark, text), language)
    items = format_html_join(
        "",
        '<li id="fn{0}">{1} <a href="#fnref{0}" aria-label="↩ {0}">↩</a></li>',
        ((number, _linked(note, language)) for number, note in enumerate(found, 1)),
    )
    listing = format_html('<ol class="notes">{}</ol>', items) if found else SafeString("")
    return Footnoted(mark_safe(body), listing)  # noqa: S308  sanitised when stored


def _linked(note: str, language: str) -> SafeString:
    return mark_safe(to_our_pages(link_symbols(note), language))  # noqa: S308  an attribute nh3 has escaped


class RichTextField(models.TextField):
    """HTML, sanitised each time it is saved and written in an editor."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        widget = kwargs.get("widget")
        if widget is None or widget is AdminTextareaWidget:  # the admin's for every TextField
            kwargs["widget"] = RichTextWidget
        return super().formfield(**kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value


def rich_texts(model: type[models.Model]) -> list[str]:
    """The fields of a model that hold such HTML; a list that shows none need not read them."""
    return [field.name for field in model._meta.fields if isinstance(field, RichTextField)]
