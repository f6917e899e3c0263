"""Articles, milestones and meetings from a table, CSV or XLSX; docs/moving.md lists its columns."""
