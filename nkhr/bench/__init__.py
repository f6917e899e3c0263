"""Performance, shown and never asserted: `python3 dev.py bench`."""
