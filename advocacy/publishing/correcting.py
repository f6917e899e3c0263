"""Corrections: what is changed in a public text is a small change, or readers are told what was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .carrying import told_anew
from .models import Correction, FactCorrection, Publication, Record

SMALL, CORRECTION = "small", "correction"


def to_ask(record: Record, at: datetime | None = None) -> list[Publication]:
    """The public texts that a working copy changes, and says no new correction of."""
    if not record.is_working_copy:
        return []
    stored: Any = type(record)
    record = stored.objects.get(pk=record.pk)  # what is at hand has just been typed
    changed = told_anew(record) & {text.language for text in record.ready_texts()}
    return [
        text
        for text in record.live.publications()
        if text.language in changed
        and text.is_public(at)
        and _said(record, text.language) == _said(record.live, text.language)
    ]


def note(record: Record, language: str, text: str, at: datetime | None = None) -> None:
    """Say in a working copy what was wrong in one of its languages, with the date in Seoul."""
    for part in _notes(record):
        told = {"language": language} if issubclass(part.model, FactCorrection) else {}
        part.create(corrected_on=timezone.localdate(at), note=text, **told)


def _notes(record: Record) -> Iterator[Any]:
    parts = (getattr(record, accessor) for accessor in record.parts)
    return (part for part in parts if issubclass(part.model, Correction))


def _said(record: Record, language: str) -> list[tuple]:
    found: list[tuple] = []
    for part in _notes(record):
        told = {"language": language} if issubclass(part.model, FactCorrection) else {}
        found += part.filter(**told).values_list("corrected_on", "note")
    return found


class PublishForm(forms.Form):
    """Asks, of each public text that is changed, what kind of change it is."""

    nobody = False
    submit = _("Publish")

    def __init__(self, data: Any = None, *, record: Record) -> None:
        super().__init__(data)
        self.record, self.languages = record, []
        texts = to_ask(record)
        for text in texts:
            language, name = text.language, text.get_language_display()
            self.languages.append(language)
            self.fields[f"kind_{language}"] = forms.ChoiceField(
                label=_("Correction or small change?")
                if len(texts) == 1
                else gettext("Correction or small change? (%s)") % name,
                choices=[
                    (SMALL, _("A small change: nothing that readers were told was wrong.")),
                    (CORRECTION, _("A correction: readers are told what was wrong.")),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{language}"] = forms.CharField(
                label=_("What was wrong, and what is right")
                if len(texts) == 1
                else gettext("What was wrong, and what is right (%s)") % name,
                help_text=_(
                    "For a correction. It stands under the text and in the feeds, with the date of today."
                ),
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language in self.languages:
            is_correction = cleaned.get(f"kind_{language}") == CORRECTION
            if is_correction and not cleaned.get(f"note_{language}"):
                self.add_error(
                    f"note_{language}", gettext("Say what was wrong, and what is right.")
                )
        return cleaned

    def write(self) -> None:
        """What readers are to be told, into the working copy that is published next."""
        for language in self.languages:
            if self.cleaned_data[f"kind_{language}"] == CORRECTION:
                note(self.record, language, self.cleaned_data[f"note_{language}"])
