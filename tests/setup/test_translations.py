"""The catalogues of the interface, on a small project of their own."""

import gettext

import pytest

from nkhr import translations

VIEW = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

title = _("Meetings")
month = pgettext_lazy("name of a month", "May")

def count(n):
    return ngettext("%(n)s hit", "%(n)s hits", n) % {"n": n}
"""
TEMPLATE = """{% load i18n %}
{% if here %}
    <h1 title="{% translate "Don't shout" %}">{{ _("News") }}</h1>
        {% blocktranslate trimmed %}
            Read
            {{ title }}
        {% endblocktranslate %}
  {% endif %}
"""
KOREAN = {
    "Meetings": "면담",
    "May": "5월",
    ("%(n)s hit", "%(n)s hits"): ("%(n)s회",),
    "Don't shout": "조용히",
    "News": "소식",
    "Read %(title)s": "%(title)s 읽기",
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "advocacy").mkdir()
    (tmp_path / "advocacy" / "views.py").write_text(VIEW)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def po(root):
    return root / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def translate(po, sentences=KOREAN):
    """Fills the catalogue in, as a translator would."""
    catalog = translations.read(po, "ko")
    for message in catalog:
        if message.id:
            message.string = sentences.get(message.id, message.string)
    with po.open("wb") as file:
        translations.write_po(file, catalog)


def test_strings_of_code_and_templates_are_found(root):
    assert {message.id for message in translations.collect(root) if message.id} == set(KOREAN)


def test_a_translated_catalogue_has_no_problems_and_speaks_korean(root, po):
    translations.update(root, po, "ko")
    translate(po)
    translations.update(root, po, "ko")
    assert translations.problems(root, po, "ko") == []
    with po.with_suffix(".mo").open("rb") as file:
        korean = gettext.GNUTranslations(file)
    assert korean.gettext("Don't shout") == "조용히"
    assert korean.pgettext("name of a month", "May") == "5월"
    assert korean.ngettext("%(n)s hit", "%(n)s hits", 2) == "%(n)s회"


def test_a_missing_catalogue_is_a_problem(root, po):
    assert translations.problems(root, po, "ko") == ["locale/ko/LC_MESSAGES/django.po is missing"]


def test_a_string_without_translation_is_a_problem(root, po):
    translations.update(root, po, "ko")
    translate(po, {**KOREAN, "News": ""})
    translations.update(root, po, "ko")
    assert translations.problems(root, po, "ko") == ["not translated: 'News'"]


def test_a_string_new_in_the_code_is_a_problem_and_keeps_the_others(root, po):
    translations.update(root, po, "ko")
    translate(po)
    translations.update(root, po, "ko")
    (root / "advocacy" / "views.py").write_text(VIEW + '\nnew = _("Milestones")\n')
    assert translations.problems(root, po, "ko") == ["not in the catalogue: 'Milestones'"]
    translations.update(root, po, "ko")
    assert translations.problems(root, po, "ko") == ["not translated: 'Milestones'"]


def test_a_string_gone_from_the_code_is_a_problem_until_the_catalogue_drops_it(root, po):
    translations.update(root, po, "ko")
    translate(po)
    (root / "templates" / "page.html").unlink()
    assert "no longer in the code: 'News'" in translations.problems(root, po, "ko")
    translations.update(root, po, "ko")
    assert translations.problems(root, po, "ko") == []


def test_a_lost_placeholder_is_a_problem(root, po):
    translations.update(root, po, "ko")
    translate(po, {**KOREAN, "Read %(title)s": "읽기 %(titel)s"})
    translations.update(root, po, "ko")
    [problem] = translations.problems(root, po, "ko")
    assert "Read %(title)s" in problem


def test_a_guessed_translation_is_a_problem(root, po):
    translations.update(root, po, "ko")
    translate(po)
    po.write_text(po.read_text().replace('msgid "News"', '#, fuzzy\nmsgid "News"'))
    translations.update(root, po, "ko")
    assert translations.problems(root, po, "ko") == ["fuzzy: 'News'"]


def test_a_catalogue_compiled_before_its_last_change_is_a_problem(root, po):
    translations.update(root, po, "ko")
    translate(po)
    translations.update(root, po, "ko")
    translate(po, {**KOREAN, "News": "새 소식"})
    [problem] = translations.problems(root, po, "ko")
    assert problem == "locale/ko/LC_MESSAGES/django.mo is not compiled from django.po as it is"


def test_a_catalogue_in_step_with_the_code_is_left_as_it_was_written(root, po):
    translations.update(root, po, "ko")
    translate(po)
    before = po.read_bytes()
    translations.update(root, po, "ko")
    assert po.read_bytes() == before
