"""What dev.py works with. Of the standard library alone: it is there before anything is installed."""
