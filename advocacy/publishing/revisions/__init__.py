"""What a record was after each save: kept, listed, compared, and returned to.

django-reversion keeps the rows of a record, live or working copy, with all their parts; a
`HistoryEntry` says of which record that was, by the uuid readers know it by, so that its history is
one line over all its working copies.
"""
