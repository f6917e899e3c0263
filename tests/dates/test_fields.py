import datetime
import json

import pytest
from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from django.utils.translation import override

from advocacy.dates.edtf import Date, parse
from advocacy.dates.fields import EDTFField
from advocacy.dates.forms import EDTFFormField, EDTFInput
from tests.dates.models import Event

D = datetime.date


class EventForm(forms.ModelForm):
    class Meta:
        model = Event
        fields = ("date", "other")


def bounds(event):
    return event.date_earliest, event.date_latest


@pytest.mark.django_db
def test_a_date_is_stored_as_its_text_and_comes_back_as_a_date(events):
    event = Event.objects.create(date="２０１２-12")
    event.refresh_from_db()
    assert isinstance(event.date, Date)
    assert event.date == parse("2012-12")
    with connection.cursor() as cursor:
        cursor.execute("SELECT date, other FROM dates_event")
        assert cursor.fetchone() == ("2012-12", "")


@pytest.mark.django_db
def test_saving_fills_the_columns_for_the_first_and_the_last_day(events):
    event = Event.objects.create(date="2009-12/2010-03")
    event.refresh_from_db()
    assert bounds(event) == (D(2009, 12, 1), D(2010, 3, 31))
    event.date = "2004"
    event.save()
    event.refresh_from_db()
    assert bounds(event) == (D(2004, 1, 1), D(2004, 12, 31))


@pytest.mark.django_db
def test_saving_the_three_columns_by_name_keeps_them_together(events):
    event = Event.objects.create(date="2004")
    event.date = parse("2005-02")
    event.save(update_fields=["date", "date_earliest", "date_latest"])
    event.refresh_from_db()
    assert bounds(event) == (D(2005, 2, 1), D(2005, 2, 28))


@pytest.mark.django_db
def test_bulk_creation_fills_the_bounds_too(events):
    Event.objects.bulk_create([Event(date="2004"), Event(date=parse("{2010,2014}"))])
    assert set(map(bounds, Event.objects.all())) == {
        (D(2004, 1, 1), D(2004, 12, 31)),
        (D(2010, 1, 1), D(2014, 12, 31)),
    }


@pytest.mark.django_db
def test_records_sort_by_their_bounds(events):
    for text in ("2010", "{2009,2014}", "2010-03-01", "199X", "1997"):
        Event.objects.create(date=text)
    ordered = Event.objects.order_by("date_earliest", "date_latest")
    assert [str(event.date) for event in ordered] == [
        *("199X", "1997", "{2009,2014}", "2010", "2010-03-01")
    ]
    assert list(ordered) == sorted(ordered, key=lambda event: event.date)


@pytest.mark.django_db
def test_a_record_is_looked_up_by_its_date(events):
    Event.objects.create(date="2012-12")
    assert Event.objects.filter(date="２０１２-12").exists()
    assert Event.objects.filter(date__in=[parse("2012-12")]).exists()
    assert Event.objects.filter(date__startswith="2012").exists()
    with pytest.raises(ValidationError):
        Event.objects.filter(date="2013-02-30").exists()


@pytest.mark.django_db
def test_what_is_no_date_never_reaches_the_database(events):
    with pytest.raises(ValidationError), transaction.atomic():
        Event.objects.create(date="1990s")
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_deferred_date_is_read_when_it_is_asked_for(events):
    Event.objects.create(date="2012-12")
    event = Event.objects.only("other").get()
    assert event.date == parse("2012-12")
    assert bounds(event) == (D(2012, 12, 1), D(2012, 12, 31))


def test_a_dump_of_the_data_holds_the_text_of_a_date_and_brings_it_back():
    (dumped,) = json.loads(serialize("json", [Event(date="{2010,2014}")]))
    assert dumped["fields"]["date"] == "{2010,2014}"
    assert dumped["fields"]["other"] == ""
    assert Event._meta.get_field("date").to_python("{2010,2014}") == parse("{2010,2014}")


def test_a_new_record_has_its_date_and_bounds_before_it_is_saved():
    event = Event(date="2012-12")
    event.clean_fields()
    assert event.date.format("en") == "December 2012"
    assert bounds(event) == (D(2012, 12, 1), D(2012, 12, 31))


def test_emptying_a_date_empties_its_bounds():
    event = Event(date="2012-12")
    event.date = ""
    assert bounds(event) == (None, None)


def test_the_model_refuses_a_day_that_does_not_exist():
    event = Event(date="2013-02-30")
    assert event.date == "2013-02-30"  # kept as typed
    with override("en"), pytest.raises(ValidationError) as refusal:
        event.clean_fields()
    assert "28 days" in refusal.value.message_dict["date"][0]


def test_a_form_reads_a_date():
    form = EventForm({"date": " 2009-12 / 2010-03", "other": ""})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["date"] == parse("2009-12/2010-03")
    assert form.instance.date_latest == D(2010, 3, 31)


@pytest.mark.django_db
def test_a_form_saves_a_date_and_leaves_an_empty_one_empty(events):
    EventForm({"date": "2012-12", "other": ""}).save()
    event = Event.objects.get()
    assert (str(event.date), event.other) == ("2012-12", "")


@pytest.mark.parametrize("typed", ["2013-02-30", "1990s", "x" * 5000])
def test_a_form_refuses_in_words_and_keeps_what_was_typed(typed):
    form = EventForm({"date": typed})
    with override("en"):
        (message,) = form.errors["date"]
    assert message.endswith(".")
    assert f'value="{typed}"' in str(form["date"])


def test_a_date_that_must_be_given_is_asked_for():
    with override("en"):
        assert EventForm({"date": " "}).errors["date"] == ["This field is required."]


def test_a_form_knows_whether_a_date_was_changed():
    instance = Event(date="2012-12")
    assert not EventForm({"date": " ２０１２-12"}, instance=instance).has_changed()
    assert EventForm({"date": "2012"}, instance=instance).has_changed()


def test_an_edited_record_shows_its_text_and_what_it_was_understood_to_mean():
    with override("en"):
        html = str(EventForm(instance=Event(date="{2010,2014}"))["date"])
    assert 'value="{2010,2014}"' in html
    assert (
        "Understood as: 2010 and 2014 (2010-01-01 – 2010-12-31, 2014-01-01 – 2014-12-31)</span>"
    ) in html
    assert 'id="id_date_understood"' in html
    assert 'aria-describedby="id_date_helptext id_date_understood"' in html


def test_a_wrong_or_empty_input_claims_no_understanding_and_is_escaped():
    assert 'class="understood"' not in EDTFInput().render("date", "", {})
    html = EDTFInput().render("date", '"><script>', {})
    assert 'class="understood"' not in html
    assert "<script>" not in html


def test_the_help_lists_the_forms_unless_the_model_has_help_of_its_own():
    with override("en"):
        assert "{2010,2014} for several" in str(EDTFFormField().help_text)
    assert EDTFFormField(help_text="When?").help_text == "When?"


def test_the_field_brings_its_form_field_also_against_the_widget_of_the_admin():
    field = Event._meta.get_field("date").formfield(widget=forms.Textarea)
    assert isinstance(field, EDTFFormField)
    assert isinstance(field.widget, EDTFInput)


def test_a_migration_knows_the_bounds():
    _name, path, _args, kwargs = Event._meta.get_field("date").deconstruct()
    assert path == "advocacy.dates.fields.EDTFField"
    assert kwargs == {"max_length": 100, "bounds": ("date_earliest", "date_latest")}
    assert EDTFField(**kwargs).deconstruct()[3] == kwargs


@isolate_apps("advocacy.dates")
def test_bounds_that_are_no_date_columns_are_found_by_the_system_check():
    class Wrong(models.Model):
        date = EDTFField(bounds=("date_earliest", "missing"))
        date_earliest = models.DateTimeField()

        class Meta:
            app_label = "dates"

        def __str__(self) -> str:
            return ""

    found = Wrong._meta.get_field("date").check()
    assert [(error.id, error.level) for error in found] == [("dates.E001", checks.ERROR)] * 2
    assert Event._meta.get_field("date").check() == []
