"""A date of the record in a model: EDTF text, with two columns beside it to sort and filter by."""

import datetime
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from advocacy.dates.edtf import LONGEST, Date, NotADate, parse
from advocacy.dates.forms import EDTFFormField, EDTFInput


class _DateAttribute(DeferredAttribute):
    """Reads a text at once when it is set, so a new record has its Date and bounds before it is
    saved.

    A text that is no date is kept as typed, for validation to refuse.
    """

    field: "EDTFField"

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, str) and value:
            try:
                value = parse(value)
            except NotADate:
                instance.__dict__[self.field.attname] = value
                return
        instance.__dict__[self.field.attname] = value
        self.field.fill_bounds(instance)


if TYPE_CHECKING:
    _Text = models.CharField[Any, Any]
else:
    _Text = models.CharField


class EDTFField(_Text):
    """Holds a `Date`; stored as its EDTF text.

    `bounds` names two DateFields of the same model (`null=True, editable=False, db_index=True`)
    that the field keeps at the first and the last day covered. Order and filter by them
    (`overlap.overlapping`), for the text does not sort by time. `save(update_fields=…)` must name
    all three; `QuerySet.update()` of the text alone leaves the bounds behind.
    """

    descriptor_class = _DateAttribute

    def __init__(
        self, *args: Any, bounds: tuple[str, str] | list[str] | None = None, **kwargs: Any
    ) -> None:
        self.bounds = tuple(bounds) if bounds else None
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.bounds:
            kwargs["bounds"] = self.bounds
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_bounds()]

    def _check_bounds(self) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = []
        for name in self.bounds or ():
            try:
                column = self.model._meta.get_field(name)
            except FieldDoesNotExist:
                column = None
            if type(column) is not models.DateField:
                found.append(
                    checks.Error(
                        f"The bounds of an EDTFField are DateFields of its model; “{name}” is not.",
                        obj=self,
                        id="dates.E001",
                    )
                )
        return found

    def fill_bounds(self, instance: models.Model) -> None:
        if not self.bounds:
            return
        value = instance.__dict__.get(self.attname)
        known = value if isinstance(value, Date) else None
        days: tuple[datetime.date | None, ...] = (
            (known.earliest, known.latest) if known else (None, None)
        )
        for name, day in zip(self.bounds, days, strict=True):
            setattr(instance, name, day)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Date) or value in self.empty_values:
            return value
        try:
            return parse(str(value))
        except NotADate as refusal:
            raise ValidationError(str(refusal), code="date") from refusal

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return parse(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        if value is None:
            return None if self.null else ""
        return str(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if value is None and not self.null and self.blank:
            value = ""
        cleaned = super().clean(value, model_instance)
        if model_instance is not None:
            setattr(model_instance, self.attname, cleaned)
        return cleaned

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value) if value else value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> Any:
        # The admin names a widget of its own for every CharField; ours is the one that answers.
        kwargs["widget"] = EDTFInput(attrs={"size": 30})
        return super().formfield(**{"form_class": EDTFFormField, **kwargs})
