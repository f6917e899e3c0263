"""What is asked before a text goes to somebody, and before it goes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .people import PUBLISH, REVIEW, Person, name_of, people_with


class ReviewerField(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        if not person.has_perm(PUBLISH):
            return name_of(person)
        return gettext("%(name)s (can publish it)") % {"name": name_of(person)}


class AskForm(forms.Form):
    reviewer = ReviewerField(queryset=None, label=_("Who should review it?"))
    note = forms.CharField(
        label=_("Note to the reviewer"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What to look at, or by when. It stays at the desk: the e-mail holds a link."),
    )
    submit = _("Ask for a review")

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model()._default_manager
        able = [person.pk for person in people_with(REVIEW) if person.pk != by.pk]
        field: Any = self.fields["reviewer"]
        field.queryset = people.filter(pk__in=able)
        self.nobody = not able


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=_("What is to be done?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It stays at the desk: the e-mail holds a link."),
    )
    submit = _("Send it back")
