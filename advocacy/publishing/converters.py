"""Path converters for public addresses: the language first, and slugs that keep Hangul."""

from django.urls import register_converter

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


def register() -> None:
    register_converter(LanguageConverter, "lang")
    register_converter(UnicodeSlugConverter, "uslug")
