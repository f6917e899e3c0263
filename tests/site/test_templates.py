"""Templates settled for a language say what Django's own say, to the letter."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.template import Context, Engine
from django.template.base import TextNode
from django.utils import translation
from django.utils.safestring import mark_safe

from tests.facts import article

LOCMEM = "django.template.loaders.locmem.Loader"
OPTIONS = {
    "libraries": {"i18n": "django.templatetags.i18n", "l10n": "django.templatetags.l10n"},
    "builtins": ["django.templatetags.i18n", "django.templatetags.l10n"],
}
SAYS = {
    "a label": "<b>{% translate 'News' %}</b>",
    "a label in an attribute": "<a title=\"{% translate 'News' %}\">",
    "a label under a name": "{% translate 'News' as name %}{{ name }}",
    "a label of a variable": "{% translate label %}",
    "a label with a filter": "{% translate 'News'|upper %}",
    "a label of a context": "{% translate 'May' context 'abbrev. month' %}",
    "a percent sign": "{% translate '100% of it' %}",
    "another language": "{% language 'ko' %}{% translate 'News' %}{{ text }}{% endlanguage %}",
    "a condition": "{% if yes %}{% translate 'News' %}{% else %}{{ text }}{% endif %}",
    "the other case": "{% if no %}{{ text }}{% else %}{% translate 'News' %}{% endif %}",
    "a loop": "{% for one in list %}{% translate 'News' %} {{ one }}{% empty %}none{% endfor %}",
    "nobody in a loop": "{% for one in no %}{{ one }}{% empty %}{% translate 'News' %}{% endfor %}",
    "what must be escaped": "{{ text }} {{ text|upper }}",
    "what is safe": "{{ safe }} {{ text|safe }}",
    "what is not escaped": "{% autoescape off %}{{ text }} {{ safe }}{% endautoescape %}",
    "a number": "{{ number }} {% localize off %}{{ number }}{% endlocalize %}",
    "a moment": "{{ moment }}",
    "nothing": "[{{ none }}{{ missing }}{{ text.missing }}]",
    "a lazy label": "{{ lazy }}",
    "a block": "{% extends 'frame' %}{% block text %}{% translate 'News' %}{{ text }}{% endblock %}",
    "a part": "{% include 'part' %}{% include 'part' with text=safe %}",
}
PARTS = {
    "frame": "<p>{% translate 'Tag' %} {% block text %}{% endblock %}</p>",
    "part": "<i>{% translate 'Tag' %}: {{ text }}</i>",
}


@pytest.fixture
def values():
    return {
        "text": '<Kim\'s & "Park">',
        "safe": mark_safe("<i>News</i>"),
        "label": "News",
        "lazy": translation.gettext_lazy("News"),
        "number": 12345.5,
        "moment": dt.datetime(2015, 4, 8, 12, 1, tzinfo=dt.UTC),
        "list": ["<a>", 2],
        "yes": True,
        "no": [],
        "none": None,
    }


def settled(name: str):
    loaders = [("nkhr.templates.Loader", [(LOCMEM, PARTS | SAYS)])]
    return Engine(loaders=loaders, **OPTIONS).get_template(name)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", SAYS)
def test_a_template_says_what_django_says(name, language, values):
    plain = Engine(loaders=[(LOCMEM, PARTS | SAYS)], **OPTIONS)
    with translation.override(language):
        said = settled(name).render(Context(values))
        assert said == plain.get_template(name).render(Context(values))
    assert said


def test_a_label_is_text_once_the_language_is_known():
    with translation.override("ko"):
        (only,) = settled("a label").nodelist
    assert isinstance(only, TextNode)
    assert only.s == "<b>소식</b>"


def test_each_language_has_a_template_of_its_own():
    engine = Engine(loaders=[("nkhr.templates.Loader", [(LOCMEM, SAYS)])], **OPTIONS)
    said = []
    for language in ("en", "ko", "en"):
        with translation.override(language):
            said.append(engine.get_template("a label").render(Context()))
    assert said == ["<b>News</b>", "<b>소식</b>", "<b>News</b>"]


SCRIPTS = {
    "ours": '<script src="a.js" defer></script>',
    "a module": "<script type='module' src='a.js'></script>",
    "inline": "<script>a()</script>",
    "over lines": '<script\n  id="x" src="a.js"></script>',
    "data": '<script type="application/ld+json">{}</script>',
    "data with a name": '<script data-x="y" type="application/json">{}</script>',
    "another element": "<scripted></scripted>",
    "put in": "{{ safe }}",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_a_template_gets_the_nonce_and_nothing_else_does(name):
    engine = Engine(loaders=[("nkhr.templates.Loader", [(LOCMEM, SCRIPTS)])], **OPTIONS)
    context = {"request": {"csp_nonce": "n+/="}, "safe": mark_safe(SCRIPTS["ours"])}
    said = engine.get_template(name).render(Context(context))
    runs = name in ("ours", "a module", "inline", "over lines")
    nonce = ' nonce="n+/="' if runs else ""
    assert said == (SCRIPTS["ours"] if name == "put in" else SCRIPTS[name]).replace(
        "<script", f"<script{nonce}", 1
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_reads_as_with_djangos_own_loader(client, settings, language):
    path = article("Kim's & Park's", language=language).get_absolute_url()
    ours = client.get(path).content
    (engine,) = django_settings.TEMPLATES
    options = {name: value for name, value in engine["OPTIONS"].items() if name != "loaders"}
    settings.TEMPLATES = [{**engine, "APP_DIRS": True, "OPTIONS": options}]
    assert client.get(path).content == ours
