"""Finding the names of protected people in text, however they are written.

Pure functions over strings: this package knows no database and no settings. `Matcher` is made of
`Person`s once, and then asked about texts.
"""

from .matcher import Matcher
from .people import Form, Hit, Kind, Person

__all__ = ["Form", "Hit", "Kind", "Matcher", "Person"]
