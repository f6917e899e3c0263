"""The forms of the register. What is typed goes into sealed fields, and nowhere else."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.apps import apps
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.publishing.models import Language, Publication, Record

from .matching.folding import fold
from .matching.names import words
from .models import Consent, Protected

LEAST_LETTERS = 2


class Lines(forms.CharField):
    """A line for each; empty ones are left out."""

    widget = AdminTextareaWidget(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value)
        return list(dict.fromkeys(filter(None, (line.strip() for line in typed.splitlines()))))


class PersonForm(forms.Form):
    names = Lines(
        label=_("names"),
        help_text=_(
            "One a line: every name and nickname, in Hangul first, then Hanja, Latin or Cyrillic "
            "letters where they are spelled unlike the Hangul. Other romanisations, spaces and "
            "orders are found by themselves."
        ),
    )
    identifiers = Lines(
        label=_("details that tell who it is"),
        required=False,
        help_text=_(
            "One a line, as it would be written: a camp, a birthplace, a date, kin. Two of them in "
            "one text are pointed out."
        ),
    )
    instead = forms.CharField(
        label=_("may be called"),
        required=False,
        widget=AdminTextInputWidget(attrs={"autocomplete": "off"}),
        help_text=_("A pseudonym, or words such as “a survivor”."),
    )
    risk = forms.CharField(
        label=_("what the family risks"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )
    contact = forms.CharField(
        label=_("how they can take it back"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=_("By whom and how this person, or their family, reaches us and is reached."),
    )

    def __init__(self, *args: Any, person: Protected | None = None, **kwargs: Any) -> None:
        self.person = person
        if person:
            facts = person.facts
            kwargs["initial"] = facts | {
                "names": "\n".join(name["text"] for name in person.names),
                "identifiers": "\n".join(facts["identifiers"]),
            }
        super().__init__(*args, **kwargs)

    def clean_names(self) -> list[dict[str, str]]:
        known = {name["text"]: name["key"] for name in self.person.names} if self.person else {}
        typed = self.cleaned_data["names"]
        for name in typed:
            if len("".join(words(fold(name)))) < LEAST_LETTERS:
                raise ValidationError(
                    _("A name needs two letters at least: nearly every text has one.")
                )
        return [{"key": known.get(name, uuid.uuid4().hex), "text": name} for name in typed]

    def save(self, by: Any) -> Protected:
        person = self.person or Protected(entered_by=by.pk)
        person.facts = dict(self.cleaned_data)
        person.save()
        return person


class ConsentForm(forms.Form):
    names = forms.MultipleChoiceField(
        label=_("names that may be used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    scopes = forms.MultipleChoiceField(
        label=_("what may be shown"), choices=Consent.Scope, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("in which languages"), choices=Language, widget=forms.CheckboxSelectMultiple
    )
    records = Lines(
        label=_("in which texts"),
        required=False,
        help_text=_(
            "One address a line, of the page or of its form at the desk. Left empty: in every text."
        ),
    )
    until = forms.DateField(
        label=_("until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The last day. At its end the texts that rest on it end by themselves."),
    )
    taken_by = forms.CharField(label=_("taken by"), widget=AdminTextInputWidget)
    note = forms.CharField(
        label=_("note"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, person: Protected, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        choices = [(name["key"], name["text"]) for name in person.names]
        self.fields["names"].choices = choices  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError(_("That day is over."))
        return until

    def clean_records(self) -> list[str]:
        return [str(record_at(address)) for address in self.cleaned_data["records"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if Consent.Scope.NAME in cleaned.get("scopes", ()) and not cleaned.get("names"):
            self.add_error("names", _("Choose the names that may be used."))
        return cleaned

    def save(self, by: Any) -> Consent:
        terms = self.cleaned_data | {"until": self.cleaned_data["until"].isoformat()}
        consent = Consent(person=self.person, terms=terms, recorded_by=by.pk)
        consent.save()
        return consent


def record_at(address: str) -> uuid.UUID:
    """The uuid that readers know a record by, from its address on the site or at the desk."""
    try:
        path = unquote(urlsplit(address).path)
        match = resolve(path)
    except (ValueError, Resolver404):
        match = None
    record = (_at_the_desk(match) or _on_the_site(match, path)) if match else None
    if record is None:
        raise ValidationError(gettext("No text has this address: %s") % address)
    return record.live.uuid


def _at_the_desk(match: Any) -> Record | None:
    number = match.kwargs.get("object_id", "")
    for kind in apps.get_models():
        name = f"{kind._meta.app_label}_{kind._meta.model_name}_change"
        if issubclass(kind, Record) and match.url_name == name and number.isdecimal():
            return kind.objects.filter(pk=number).first()
    return None


def _on_the_site(match: Any, path: str) -> Record | None:
    for kind in apps.get_models():
        if issubclass(kind, Publication) and "slug" in match.kwargs:
            for text in kind.objects.filter(slug=match.kwargs["slug"], working=False):
                if unquote(text.get_absolute_url()) == path:
                    return text.record
    return None
