"""Rows out of an SQL dump of MySQL or MariaDB, read as a stream and never run."""

from .statements import Problem, Row, rows

__all__ = ["Problem", "Row", "rows"]
