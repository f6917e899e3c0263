"""What is looked at in an article, beside what is looked at in every record."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.checks import Check, Finding, Severity

from .models import Article


def empty(article: Article) -> list[Finding]:
    return [] if article.body.strip() else [Finding(_("The text is empty."), "body")]


CHECKS = [Check(empty, Severity.MUST_FIX, gettext_lazy("The text says something"), Article)]
