"""Path converters for public addresses: the language first, slugs that keep Hangul, and citations."""

from django.urls import register_converter

from advocacy.citing.formats import FORMATS

from .models import Language


class LanguageConverter:
    regex = "|".join(Language.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UnicodeSlugConverter:
    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CitationConverter(LanguageConverter):
    """The ending of a file in which a record is cited."""

    regex = "|".join(FORMATS)


def register() -> None:
    register_converter(LanguageConverter, "lang")
    register_converter(UnicodeSlugConverter, "uslug")
    register_converter(CitationConverter, "citation")
