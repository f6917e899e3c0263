import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils.translation import override

from advocacy.un.fields import SymbolField, SymbolFormField, SymbolInput

with isolate_apps("advocacy.un"):

    class Paper(models.Model):
        symbol = SymbolField()
        other = SymbolField(blank=True)

        class Meta:
            app_label = "un"

        def __str__(self) -> str:
            return self.symbol


class PaperForm(forms.ModelForm):
    class Meta:
        model = Paper
        fields = ("symbol", "other")


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Paper)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Paper)


@pytest.mark.django_db
def test_a_symbol_is_kept_in_canonical_form_however_it_was_typed(table):
    paper = Paper.objects.create(symbol=" a/hrc/25/63 ")
    assert paper.symbol == "A/HRC/25/63"
    paper.refresh_from_db()
    assert paper.symbol == "A/HRC/25/63"


@pytest.mark.django_db
def test_a_symbol_is_looked_up_however_it_is_typed(table):
    Paper.objects.create(symbol="S/RES/1440 (2002)")
    assert Paper.objects.filter(symbol="s/res/1440(2002)").exists()
    assert Paper.objects.filter(symbol__in=["s/res/1440(2002)"]).exists()
    assert not Paper.objects.filter(symbol="no symbol").exists()
    assert Paper.objects.filter(symbol__icontains="res/1440").exists()


def test_a_form_puts_the_symbol_right():
    form = PaperForm({"symbol": "Ａ／ＨＲＣ／２５／６３", "other": ""})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"symbol": "A/HRC/25/63", "other": ""}


def test_an_unknown_symbol_is_refused_with_the_one_that_was_meant():
    form = PaperForm({"symbol": "AHRC/25/63"})
    assert form.errors["symbol"] == [
        "“AHRC/25/63” is not a UN document symbol. Did you mean A/HRC/25/63?"
    ]
    assert 'value="AHRC/25/63"' in str(form["symbol"])  # what was typed is not lost


def test_where_nothing_can_be_guessed_the_editor_is_told_where_to_look():
    (message,) = PaperForm({"symbol": "resolution"}).errors["symbol"]
    assert "top right" in message
    assert "A/HRC/25/63" in message


def test_the_model_refuses_what_a_form_would_refuse():
    with pytest.raises(ValidationError, match="not a UN document symbol"):
        Paper(symbol="CRC/C/PKR/CO/4").clean_fields()
    paper = Paper(symbol="a/hrc/25/63")
    paper.clean_fields()
    assert paper.symbol == "A/HRC/25/63"


def test_the_input_says_what_was_understood_and_is_described_by_it():
    with override("en"):
        html = SymbolInput().render("symbol", "A/HRC/RES/22/13", {"id": "id_symbol"})
    assert "Human Rights Council: resolution, session 22, number 13</span>" in html
    assert 'aria-describedby="id_symbol_understood"' in html
    assert 'id="id_symbol_understood"' in html


def test_the_input_keeps_the_description_that_help_gives():
    html = SymbolInput().render(
        "s", "S/PV.7353", {"id": "id_s", "aria-describedby": "id_s_helptext"}
    )
    assert 'aria-describedby="id_s_helptext id_s_understood"' in html


def test_of_an_empty_or_a_wrong_value_the_input_says_nothing_and_escapes_it():
    assert 'class="understood"' not in SymbolInput().render("symbol", "", {"id": "x"})
    html = SymbolInput().render("symbol", '"><script>', {"id": "x"})
    assert 'class="understood"' not in html
    assert "<script>" not in html


def test_the_model_field_brings_its_form_field_also_against_the_widget_of_the_admin():
    field = Paper._meta.get_field("symbol").formfield(widget=forms.Textarea)
    assert isinstance(field, SymbolFormField)
    assert isinstance(field.widget, SymbolInput)
    assert "A/HRC/RES/22/13" in str(field.help_text)


def test_a_migration_finds_the_field_where_it_is():
    name, path, _args, kwargs = Paper._meta.get_field("symbol").deconstruct()
    assert (name, path) == ("symbol", "advocacy.un.fields.SymbolField")
    assert kwargs == {"max_length": 60}
