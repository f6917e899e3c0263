"""Where posts come down: whatever parser yields them, they become records of this site here."""

from .batches import Landing
from .folder import Folder
from .lines import Line, Outcome

__all__ = ["Folder", "Landing", "Line", "Outcome"]
