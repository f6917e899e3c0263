"""What an editor confirms of a copied page: a form for each thing that was recognised on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.dates.forms import EDTFFormField
from advocacy.milestones.models import Milestone
from advocacy.publishing.richtext import clean
from advocacy.un.bodies import BODIES

from ..moments import KST
from ..records import Coverage, Post
from ..tables import values
from . import posts
from .lines import LONGEST
from .posts import Said
from .reading import Article, Introduction, Reading
from .steps import Step

MOST = 100  # of one kind on one page; what is more is pasted by itself


class PasteForm(forms.Form):
    copied = forms.CharField(
        label=_("The page"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "Select the whole page of the old site, copy it and paste it here; its source (HTML) will do "
            "as well, and brings the addresses of links. Nothing is stored before you say so below."
        ),
    )
    keep_marks = forms.BooleanField(
        label=_("Leave lone figures where they are"),
        required=False,
        help_text=_(
            "Marks of footnotes are copied as bare figures, without their notes. They are taken out unless "
            "you say otherwise."
        ),
    )


class ProposalForm(forms.Form):
    """One thing that was recognised; what is not wanted is not looked at."""

    include = forms.BooleanField(label=_("Make a draft of it"), required=False, initial=True)
    use_required_attribute = False

    @property
    def is_wanted(self) -> bool:
        return not self.is_bound or bool(self["include"].value())

    def full_clean(self) -> None:
        if self.is_wanted:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    @property
    def shown(self) -> SafeString:
        """The text that was recognised, as it would be stored."""
        return mark_safe(clean(self.html))  # noqa: S308  by the sanitiser

    @property
    def html(self) -> str:
        raise NotImplementedError

    def post(self) -> Post:
        raise NotImplementedError


class IntroductionForm(ProposalForm):
    title = forms.CharField(label=_("title"), max_length=300)

    def __init__(self, found: Introduction, data: Any = None, *, prefix: str) -> None:
        self.found = found
        super().__init__(data, initial={"title": found.title}, prefix=prefix)

    @property
    def html(self) -> str:
        return self.found.html

    def post(self) -> Post:
        return posts.introduction(self.found, self.cleaned_data["title"])


class StepForm(ProposalForm):
    title = forms.CharField(label=_("title"), max_length=300)
    date = EDTFFormField(label=_("date"))
    body = forms.ChoiceField(label=_("UN body"), required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=Milestone.Kind.choices)
    own_step = forms.BooleanField(label=_("our own step"), required=False)
    symbols = forms.CharField(
        label=_("UN documents"), required=False, help_text=_("Symbols, parted by semicolons.")
    )

    def __init__(self, found: Step, data: Any = None, *, prefix: str) -> None:
        self.found = found
        initial = {
            "include": bool(found.date),
            "title": found.title,
            "date": found.date,
            "body": found.body,
            "kind": found.kind,
            "own_step": found.own_step,
            "symbols": "; ".join(found.symbols),
        }
        super().__init__(data, initial=initial, prefix=prefix)
        if prefix != "step0":  # said once is enough
            for name in ("date", "symbols"):
                self.fields[name].help_text = ""
        bodies: Any = self.fields["body"]
        bodies.choices = _bodies(found.bodies)

    @property
    def html(self) -> str:
        return f"<p>{self.found.html}</p>"

    @property
    def other_dates(self) -> tuple[str, ...]:
        return tuple(date for date in self.found.dates if date != self.found.date)

    def clean_symbols(self) -> tuple[str, ...]:
        try:
            return values.symbols(self.cleaned_data["symbols"])
        except values.NoValue as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("body") or said.get("own_step")):
            self.add_error("body", _("Choose the UN body that acted, or mark it as our own step."))
        return said

    def post(self) -> Post:
        said = self.cleaned_data
        names = ("title", "body", "kind", "own_step", "symbols")
        confirmed = {name: said[name] for name in names}
        made = posts.milestone(replace(self.found, **confirmed, date=str(said["date"])))
        # Known by what was copied, so that pasted again it is the same, whatever was changed here.
        return replace(made, key=posts.milestone(self.found).key)


def _bodies(named: Iterable[str]) -> list[tuple[str, Any]]:
    """Those that the text names, then all others."""
    first = [code for code in named if code in BODIES]
    groups = [
        (gettext("Named in this text"), first),
        (gettext("Others"), [code for code in BODIES if code not in first]),
    ]
    return [
        ("", gettext("none")),
        *(
            (name, [(code, BODIES[code].name()) for code in codes])
            for name, codes in groups
            if codes
        ),
    ]


class ArticleForm(ProposalForm):
    title = forms.CharField(label=_("title"), max_length=300)
    summary = forms.CharField(
        label=_("summary"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    byline = forms.CharField(label=_("byline"), required=False, max_length=200)
    written = forms.DateTimeField(
        label=_("date on the old site, by clocks in Seoul"), required=False
    )
    hits = forms.IntegerField(
        label=_("hits on the old site"), required=False, min_value=0, max_value=10**9
    )
    coverage = forms.CharField(
        label=_("media coverage"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A line each: outlet | headline | address | description."),
    )

    def __init__(self, found: Article, data: Any = None, *, prefix: str) -> None:
        self.found = found
        said = posts.as_read(found)
        initial = {
            "title": said.title,
            "summary": said.summary,
            "byline": said.byline,
            "written": said.written,
            "hits": said.hits or None,
            "coverage": "\n".join(map(_line, said.coverage)),
        }
        super().__init__(data, initial=initial, prefix=prefix)

    @property
    def html(self) -> str:
        return self.found.html

    def clean_coverage(self) -> tuple[Coverage, ...]:
        found = []
        for line in self.cleaned_data["coverage"].splitlines():
            sides = [side.strip() for side in line.split("|")]
            if not any(sides):
                continue
            if not sides[0] or len(sides) > 4:
                raise ValidationError(_("Of a piece of media coverage the outlet is named first."))
            outlet, headline, url, description = [*sides, "", "", ""][:4]
            if url:
                forms.URLField(assume_scheme="https").clean(url)
            found.append(Coverage(outlet, headline, url, description=description))
        return tuple(found)

    def post(self) -> Post:
        said = self.cleaned_data
        written = said["written"]
        confirmed = Said(
            title=said["title"],
            byline=said["byline"],
            written=written and written.astimezone(KST),
            hits=said["hits"] or 0,
            summary=said["summary"],
            coverage=said["coverage"],
        )
        return posts.news(self.found, confirmed)


def _line(piece: Coverage) -> str:
    sides = [piece.outlet, piece.headline, piece.url, piece.description]
    return " | ".join(sides).rstrip(" |")


class Proposals:
    """The forms of one page, which `data` fills in when they come back."""

    def __init__(self, reading: Reading, data: Any = None) -> None:
        first = reading.introduction
        self.introduction = IntroductionForm(first, data, prefix="introduction") if first else None
        self.steps = [
            StepForm(step, data, prefix=f"step{number}")
            for number, step in enumerate(reading.steps[:MOST])
        ]
        self.articles = [
            ArticleForm(article, data, prefix=f"article{number}")
            for number, article in enumerate(reading.articles[:MOST])
        ]

        every = [self.introduction, *self.steps, *self.articles]
        self.every: list[ProposalForm] = [form for form in every if form]

    @property
    def media(self) -> forms.Media:
        return sum((form.media for form in self.every), forms.Media())

    @property
    def wanted(self) -> list[ProposalForm]:
        return [form for form in self.every if form.is_wanted]

    def are_valid(self) -> bool:
        valid = [
            form.is_valid() for form in self.wanted
        ]  # every one, so that each says what is wrong
        return all(valid)

    def posts(self) -> list[Post]:
        return [form.post() for form in self.wanted]

    def __bool__(self) -> bool:
        return bool(self.every)
