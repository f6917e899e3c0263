"""What a browser sends of a form, piece by piece, so that what two people typed can be compared.

Of a form that nobody has touched, this is what is saved. Each piece is a field; of the texts of a
fact, a field in one language; of any other list of parts, the whole list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext
from selectolax.lexbor import LexborHTMLParser

from .models import FactText, Language
from .widgets import RichTextWidget

#: What ties a row of a form to its part and to its record, or says that it is to go, is no content.
DELETE = "DELETE"


class Control(NamedTuple):
    """One control that is sent: its name, its value, and the value as people read it."""

    name: str
    value: str
    said: str


@dataclass(frozen=True)
class Piece:
    key: str
    label: str
    said: str  # as people read it: lines, or HTML
    sent: Mapping[str, list[str]]
    content: str  # equal where two people have said the same
    is_prose: bool = False
    is_list: bool = False
    row: str = ""  # the prefix of the row it stands in: `texts-0`

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()[:12]


def pieces(form: BaseForm, formsets: Iterable[Any]) -> dict[str, Piece]:
    """By key, in the order of the form. `form.bookkeeping` names fields that say nothing."""
    own = getattr(form, "bookkeeping", ())
    found = [
        _of_field(form[name], name, str(form[name].label))
        for name in form.fields
        if name not in own
    ]
    for formset in formsets:
        found += _of_texts(formset) if issubclass(formset.model, FactText) else [_of_list(formset)]
    return {piece.key: piece for piece in found}


def _of_field(bound: BoundField, key: str, label: str, row: str = "") -> Piece:
    controls = list(parsed(str(bound)))
    sent = by_name(controls)
    return Piece(
        key=key,
        label=label,
        said=", ".join(filter(None, (control.said for control in controls))),
        sent=sent,
        content=json.dumps(
            sorted((name.removeprefix(row), values) for name, values in sent.items())
        ),
        is_prose=isinstance(bound.field.widget, RichTextWidget),
        row=row,
    )


def _of_texts(formset: Any) -> Iterator[Piece]:
    for form in rows(formset):
        language = next((control.value for control in parsed(str(form["language"]))), "")
        name = Language(language).label if language in Language.values else language
        for field in form.fields:
            if field not in (*ties(formset), "language", DELETE):
                key = f"{formset.prefix}/{language}/{field}"
                yield _of_field(form[field], key, f"{form[field].label} ({name})", form.prefix)


def _of_list(formset: Any) -> Piece:
    sent = by_name(parsed(str(formset.management_form)))
    lines, content = [], []
    for form in rows(formset):
        controls = {name: list(parsed(str(form[name]))) for name in form.fields}
        sent |= by_name(control for of_field in controls.values() for control in of_field)
        if controls.get(DELETE):
            continue
        shown = [controls[name] for name in form.fields if name not in (*ties(formset), DELETE)]
        lines.append(" · ".join(c.said for of_field in shown for c in of_field if c.said))
        content.append([[control.value for control in of_field] for of_field in shown])
    label = str(formset.model._meta.verbose_name_plural)
    return Piece(
        key=formset.prefix,
        label=label[:1].upper() + label[1:],
        said="\n".join(lines),
        sent=sent,
        content=json.dumps(content),
        is_list=True,
    )


def rows(formset: Any) -> list[Any]:
    """Those that stand for a part, or will when they are saved."""
    added = [form for form in formset.extra_forms if form.has_changed()] if formset.is_bound else []
    return [*formset.initial_forms, *added]


def ties(formset: Any) -> tuple[str, str]:
    """The fields of a row that name its part, and its record."""
    return formset.model._meta.pk.name, formset.fk.name


def parsed(markup: str) -> Iterator[Control]:
    """What is sent of some markup (HTML, "Constructing the entry list"), but for files."""
    for control in LexborHTMLParser(markup).css("input, textarea, select"):
        attributes = control.attributes
        name, kind = attributes.get("name"), attributes.get("type")
        if not name or "disabled" in attributes or kind in ("file", "submit", "button"):
            continue
        value = attributes.get("value") or ""
        if control.tag == "select":
            for option in control.css("option[selected]"):
                said = option.text().strip()
                value = option.attributes.get("value", said) or ""
                yield Control(name, value, said if value else "")
        elif control.tag == "textarea":
            value = control.text().replace("\r\n", "\n").replace("\r", "\n").strip()
            yield Control(name, value, value)
        elif kind not in ("checkbox", "radio"):
            yield Control(name, value, "" if kind == "hidden" else value)
        elif "checked" in attributes:
            yield Control(name, value or "on", gettext("yes"))


def by_name(controls: Iterable[Control]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for control in controls:
        named.setdefault(control.name, []).append(control.value)
    return named
