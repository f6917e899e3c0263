"""The edtf library, all that the record uses of it.

When Python is run with `-W`, pyparsing warns while the library puts its grammar together. That is
its makers' affair, and must not stop a site that is run with warnings as errors.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import (
        Date,
        EDTFParseException,
        Interval,
        Level1Interval,
        MultipleDates,
        parse_edtf,
        struct_time_to_date,
    )

__all__ = [
    "Date",
    "EDTFParseException",
    "Interval",
    "Level1Interval",
    "MultipleDates",
    "parse_edtf",
    "struct_time_to_date",
]
