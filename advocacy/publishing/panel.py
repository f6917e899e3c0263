"""The checks beside the form of a record, each finding with a link to where it is mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from . import checks
from .access import Deed
from .checks import Finding
from .models import FactText, Language, Record
from .verbs import VerbsMixin
from .whole import owned_by


class Item(NamedTuple):
    sentence: str
    href: str
    language: str  # of which text, as readers of it would call it; "" where there is but one


@dataclass(frozen=True)
class Panel:
    must_fix: list[Item]
    consider: list[Item]
    fine: list[str]
    is_public: bool

    def with_links(self, form: str, here: Collection[str]) -> Panel:
        """For another page, which has those places of the form at the address `form`."""

        def led(items: list[Item]) -> list[Item]:
            return [
                one._replace(href=form + one.href)
                if one.href.startswith("#") and one.href not in here
                else one
                for one in items
            ]

        return replace(self, must_fix=led(self.must_fix), consider=led(self.consider))


class PanelMixin(VerbsMixin):
    def render_change_form(
        self, request: HttpRequest, context: Any, *args, **kwargs
    ) -> HttpResponse:
        record = context.get("original")
        if isinstance(record, Record) and self._is_checked(request, record):
            context["checks"] = panel(record, context.get("inline_admin_formsets", []))
        return super().render_change_form(request, context, *args, **kwargs)

    def _is_checked(self, request: HttpRequest, record: Record) -> bool:
        """For those whose text it is; what is in the trash is not on its way to readers."""
        is_theirs = self.may(request, record, Deed.HISTORY)
        return is_theirs and record.live.trashed_at is None


def panel(record: Record, inlines: Iterable[Any]) -> Panel:
    """What the checks find on the record as it is stored, for its form with these inlines."""
    found = checks.report(record)
    prefixes = _prefixes(inlines)

    def items(findings: list[Finding]) -> list[Item]:
        return [
            Item(one.sentence, one.url or _place(record, one, prefixes), _named(one.language))
            for one in findings
        ]

    return Panel(
        items(found.must_fix),
        items(found.consider),
        found.fine,
        any(text.is_public() for text in record.publications()),
    )


def _prefixes(inlines: Iterable[Any]) -> dict[str, str]:
    """By language, how the fields of a fact's text are called in the form."""
    return {
        form.instance.language: form.prefix
        for inline in inlines
        if issubclass(inline.formset.model, FactText)
        for form in inline.formset.initial_forms
    }


def _place(record: Record, finding: Finding, prefixes: dict[str, str]) -> str:
    if not finding.field:
        return "#publish-bar"
    if finding.language:
        prefix = prefixes.get(finding.language)
        return f"#at-{prefix}-{finding.field}" if prefix else "#texts-group"
    if finding.field in owned_by(type(record)):
        return f"#{finding.field}-group"
    return f"#at-{finding.field}"


def _named(language: str) -> str:
    return Language(language).label if language else ""
