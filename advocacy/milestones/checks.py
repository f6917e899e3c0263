"""What is looked at in a milestone, beside what is looked at in every record."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.un.bodies import BODIES
from advocacy.un.series import may_be_of
from advocacy.un.symbols import parse

from .models import Milestone


def symbol_of_another_body(milestone: Milestone) -> list[Finding] | None:
    symbols = [symbol for row in milestone.symbols.all() if (symbol := parse(row.symbol))]
    if not (symbols and milestone.body in BODIES):
        return None
    said = _("%(symbol)s is a document of: %(issuer)s. The milestone names: %(body)s.")
    return [
        Finding(
            said
            % {"symbol": symbol, "issuer": symbol.issuer, "body": BODIES[milestone.body].name()},
            "symbols",
        )
        for symbol in symbols
        if not may_be_of(symbol, milestone.body)
    ]


CHECKS = [
    Check(
        symbol_of_another_body,
        Severity.CONSIDER,
        gettext_lazy("The symbols are of the body that acted"),
        Milestone,
    ),
]
