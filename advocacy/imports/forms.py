"""What is asked before an import: which system, where its dump lies, and whether to write anything."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import places, systems
from .models import Run


class RunForm(forms.Form):
    system = forms.ChoiceField(label=_("Made with"), choices=systems.CHOICES)
    upload = forms.FileField(
        label=_("Dump from this computer"),
        required=False,
        help_text=_("An SQL file, perhaps packed (.gz). A large one is better put on the server."),
    )
    dump = forms.ChoiceField(
        label=_("Dump on the server"),
        required=False,
        help_text=_("What the webmaster has put into the folder for imports."),
    )
    folder = forms.ChoiceField(
        label=_("Folder of its files"),
        required=False,
        help_text=_(
            "A copy of the old site's data folder. Without it, texts come without their files."
        ),
    )
    boards = forms.CharField(
        label=_("Boards"),
        required=False,
        max_length=500,
        help_text=_("Their names in addresses, separated by commas. Left empty: all."),
    )
    host = forms.CharField(
        label=_("Host of the old site"),
        required=False,
        max_length=255,
        help_text=_("Such as www.example.org: links to it will lead to the texts here."),
    )
    dry = forms.TypedChoiceField(
        label=_("What to do"),
        widget=forms.RadioSelect,
        choices=[("1", _("Only say what would happen")), ("0", _("Bring it across"))],
        coerce=lambda value: value == "1",
        initial="1",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["dump"].choices = [("", "—"), *((name, name) for name in places.dumps())]
        fields["folder"].choices = [("", "—"), *((name, name) for name in places.folders())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("upload")) == bool(given.get("dump")) and not self.errors:
            raise forms.ValidationError(
                _("Choose a dump: from this computer, or one that lies on the server.")
            )
        return given

    def run(self, by: Any) -> Run:
        """The import that was asked for, not yet saved."""
        given = self.cleaned_data
        dump = places.keep(given["upload"]) if given["upload"] else given["dump"]
        return Run(
            system=given["system"],
            dump=dump,
            files=given["folder"],
            boards=given["boards"],
            host=given["host"],
            dry=given["dry"],
            by=by,
            language=(get_language() or "en")[:2],
        )
