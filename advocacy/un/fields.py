"""A document symbol in a model and in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.forms import UnderstoodInput
from advocacy.un.reading import nearest, understood
from advocacy.un.symbols import parse


def _canonical(value: Any) -> Any:
    symbol = parse(value) if isinstance(value, str) else None
    return str(symbol) if symbol else value


def validate_symbol(value: str) -> None:
    """Refuse what is not a document symbol, naming the one that was probably meant."""
    if parse(value):
        return
    if meant := nearest(value):
        raise ValidationError(
            _("“%(value)s” is not a UN document symbol. Did you mean %(meant)s?"),
            code="symbol",
            params={"value": value, "meant": meant},
        )
    raise ValidationError(
        _(
            "“%(value)s” is not a UN document symbol that we know. Copy it as it stands at the top"
            " right of the document, for example A/HRC/25/63 or S/RES/1440 (2002)."
        ),
        code="symbol",
        params={"value": value},
    )


class SymbolInput(UnderstoodInput):
    answered_by = "un:understood"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
            | (attrs or {})
        )

    def understood(self, value: Any) -> str:
        return understood(str(value)) if value else ""


class SymbolFormField(forms.CharField):
    widget = SymbolInput
    default_validators = [validate_symbol]

    def to_python(self, value: Any) -> str:
        return _canonical(super().to_python(value))


class SymbolField(models.CharField):
    """A CharField that keeps a symbol in canonical form, however it was typed, and looks it up
    likewise.
    """

    default_validators = [validate_symbol]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return _canonical(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _canonical(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        # The admin names a widget of its own for every CharField; ours is the one that answers.
        kwargs["widget"] = SymbolInput(attrs={"size": 30})
        return super().formfield(
            **{
                "form_class": SymbolFormField,
                "help_text": self.help_text
                or _("The symbol at the top right of the document, for example A/HRC/RES/22/13."),
                **kwargs,
            }
        )


class DocumentSymbolField(SymbolField):
    """As SymbolField, without the letter of a language: a document is the same in all of them."""

    def to_python(self, value: Any) -> Any:
        return _of_document(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _of_document(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def _of_document(value: Any) -> Any:
    symbol = parse(value) if isinstance(value, str) else None
    return symbol.document if symbol else value
