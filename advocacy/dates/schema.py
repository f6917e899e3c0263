"""Dates for schema.org: what is known, and no day that is not."""

from .edtf import Date


def event_dates(date: Date) -> dict[str, str]:
    """`startDate` and `endDate` of an event, in ISO 8601 cut to the precision known.

    Of a set, a decade or a doubtful date there is nothing that machines could be told.
    """
    if date.machine:
        return {"startDate": date.machine}
    if date.precision != "interval" or date.is_approximate or date.is_uncertain:
        return {}
    return {"startDate": str(date.parts[0]), "endDate": str(date.parts[-1])}
