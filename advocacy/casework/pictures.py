"""Figures of files that are no more."""

from __future__ import annotations

import re
from uuid import UUID


def without_figure(body: str, uuid: UUID) -> str:
    """A stored body without one picture and the words under it."""
    figure = rf'<figure data-attachment="{uuid}">.*?</figure>'
    return re.sub(figure, "", body, flags=re.DOTALL)
