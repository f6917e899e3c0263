"""Articles, milestones and meetings from a table, CSV or XLSX; docs/moving.md lists its columns."""

from .posts import read

__all__ = ["read"]
