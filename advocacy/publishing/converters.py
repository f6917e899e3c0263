"""Path converters for public addresses: the language first, slugs that keep Hangul, and citations."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from advocacy.citing.formats import FORMATS

from .models import Language


class LanguageConverter(StringConverter):
    regex = "|".join(Language.values)


class UnicodeSlugConverter(StringConverter):
    regex = r"[-\w]+"


class CitationConverter(StringConverter):
    """The ending of a file in which a record is cited."""

    regex = "|".join(FORMATS)


def register() -> None:
    register_converter(LanguageConverter, "lang")
    register_converter(UnicodeSlugConverter, "uslug")
    register_converter(CitationConverter, "citation")
