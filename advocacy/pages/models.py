"""Standing pages, who we are, and the menus: what staff set once and change rarely."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.attachments import figures
from advocacy.attachments.models import Document, Figure
from advocacy.publishing.addresses import path_of
from advocacy.publishing.models import Correction, Language, ShownAtOnce, Translatable
from advocacy.publishing.richtext import RichTextField


class StandingPage(Translatable):
    """A page that stands: the introduction, contact, privacy, accessibility."""

    parts = ("documents", "figures", "corrections")

    key = models.SlugField(
        _("key"),
        max_length=40,
        blank=True,
        help_text=_(
            "The name by which the site itself knows this page, such as “introduction” or “contact”."
        ),
    )
    body = RichTextField(_("text"), blank=True)

    class Meta(Translatable.Meta):
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        constraints = [
            *Translatable.Meta.constraints,
            models.UniqueConstraint(
                fields=["key", "language"],
                condition=Q(working=False) & ~Q(key=""),
                name="pages_standingpage_key_once_per_language",
                violation_error_message=_("Another page in this language has this key."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        figures.sync(self.figures, self.body)

    def get_absolute_url(self) -> str:
        return path_of("pages:detail", self.language, self.slug)


class PageDocument(Document):
    page = models.ForeignKey(StandingPage, models.CASCADE, related_name="documents")

    class Meta(Document.Meta):
        abstract = False


class PageFigure(Figure):
    page = models.ForeignKey(StandingPage, models.CASCADE, related_name="figures")


class PageCorrection(Correction):
    page = models.ForeignKey(StandingPage, models.CASCADE, related_name="corrections")

    class Meta(Correction.Meta):
        abstract = False


class Organisation(ShownAtOnce):
    """Who we are, in one language. What is left empty is not shown."""

    language = models.CharField(_("language"), max_length=2, choices=Language, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    tagline = models.CharField(_("line under the name"), max_length=200, blank=True)
    lead = models.TextField(
        _("first sentence of the front page"), blank=True, help_text=_("Set large. One sentence.")
    )
    about = models.TextField(_("who we are, in two sentences"), blank=True)
    address = models.TextField(_("postal address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    press_email = models.EmailField(_("press desk: e-mail"), blank=True)
    press_phone = models.CharField(_("press desk: telephone"), max_length=40, blank=True)
    security_contact = models.CharField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        help_text=_("An https: or mailto: address for /.well-known/security.txt."),
    )
    fine_print = models.CharField(_("last line of every page"), max_length=300, blank=True)
    data_terms = models.CharField(
        _("how our data may be used"),
        max_length=300,
        blank=True,
        help_text=_(
            "One sentence, which stands in every table and answer that somebody takes along."
        ),
    )
    licence_url = models.URLField(
        _("address of the licence"),
        max_length=300,
        blank=True,
        help_text=_("Where the data are under a known licence, such as one of Creative Commons."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")

    def __str__(self) -> str:
        return self.name


class MenuItem(ShownAtOnce):
    """One link in the main menu or in the foot of every page."""

    class Place(models.TextChoices):
        MAIN = "main", _("Main menu")
        ORGANISATION = "organisation", _("Foot: the organisation")
        RECORD = "record", _("Foot: the record")
        SITE = "site", _("Foot: this site")

    place = models.CharField(pgettext_lazy("of a menu", "place"), max_length=12, choices=Place)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    label = models.CharField(_("text of the link"), max_length=80)
    page = models.ForeignKey(
        StandingPage,
        models.CASCADE,
        null=True,
        blank=True,
        limit_choices_to={"working": False},
        verbose_name=_("standing page"),
        help_text=_("The link shows while this page is published."),
    )
    path = models.CharField(
        _("or address on this site"),
        max_length=200,
        blank=True,
        help_text=_("Such as /en/news/."),
    )

    class Meta:
        ordering = ["place", "position", "pk"]
        verbose_name = _("menu item")
        verbose_name_plural = _("menus")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, path="")
                | Q(page__isnull=True, path__startswith="/"),
                name="pages_menuitem_leads_to_one_place",
                violation_error_message=_(
                    "A menu item leads to a standing page or to an address that begins with /, not both."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.page and self.page.language != self.language:
            raise ValidationError({"page": _("This page is in the other language.")})

    @property
    def url(self) -> str:
        return self.page.get_absolute_url() if self.page else self.path
