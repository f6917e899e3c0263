"""Korean pages speak Korean: no English of the interface is left in them, and the catalogue is whole."""

from __future__ import annotations

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db.models import Model
from django.urls import reverse
from django.utils import translation

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.un import symbols
from nkhr import translations
from tests.test_channels import crawl

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).parents[1]
PO = ROOT / "nkhr/locale/ko/LC_MESSAGES/django.po"

#: What has no other name in Korean: ourselves, formats and standards, other people's titles.
NAMES = """
    NKHR COI UPR CEDAW PDF JSON Feed Atom KB SHA IP UTC WCAG AA COUNTER
    PRK Rev
    OSCOLA RIS BibTeX CSL CSV XLSX Lines iCalendar EDTF OpenAPI RFC
    next none id text
    Reuters The Wall Street Journal Signal Tor Browser
"""
#: What editors are shown as examples of what to type, and the file formats they meet.
EXAMPLES = """
    introduction contact news ko https mailto well known security txt
    JPEG PNG WebP GIF SVG HEIC RES HRC
"""
WORD = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"(?:https?://|/documents/)\S+")
SAID = ("alt", "aria-label", "placeholder", "title")  # attributes that are read out or shown
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Words(HTMLParser):
    """The text of a page that claims to be Korean: what is marked as another language is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[tuple[str, bool]] = []  # each open element, and whether it is read

    @property
    def is_read(self) -> bool:
        return all(read for _tag, read in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        read = given.get("lang", "ko") == "ko" and given.get("translate") != "no"
        if tag == "option":  # which cannot hold a mark of its language that anything reads
            read = read and given.get("value") not in dict(settings.LANGUAGES)
        read = read and tag not in ("script", "style", "template")
        if self.is_read and read:
            self.said += [value for name in SAID if (value := given.get(name))]
            if tag == "input" and given.get("type") == "submit":
                self.said.append(given.get("value") or "")
            if tag == "meta" and given.get("name") == "description":
                self.said.append(given.get("content") or "")
        if tag not in VOID:
            self.open.append((tag, read))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _read in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.is_read:
            self.said.append(data)


def english(html: str, *, allowed: str) -> set[str]:
    """The words in Latin letters that a page leaves without a mark of their language."""
    reader = Words()
    reader.feed(html)
    text = ADDRESS.sub("", "".join(reader.said))
    for start, end, _symbol in reversed(symbols.find(text)):
        text = text[:start] + text[end:]
    return set(WORD.findall(text)) - set(allowed.split())


def desk_models() -> list[type[Model]]:
    ours = "advocacy."
    return [model for model in admin.site._registry if model._meta.app_config.name.startswith(ours)]


def desk_pages() -> list[str]:
    ours = [f"{model._meta.app_label}_{model._meta.model_name}" for model in desk_models()]
    return ["index", *(f"{name}_{page}" for name in ours for page in ("changelist", "add"))]


@pytest.mark.django_db
@pytest.mark.parametrize("name", desk_pages())
def test_no_english_is_left_on_a_page_of_the_korean_desk(admin_client, name):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"
    answer = admin_client.get(reverse(f"admin:{name}"), follow=True)
    html = answer.content.decode()
    assert '<html lang="ko"' in html
    # Signed in as `admin`; two languages are called by their own names.
    assert english(html, allowed=f"{NAMES} {EXAMPLES} admin English") == set()


@pytest.mark.parametrize("model", desk_models(), ids=lambda model: model._meta.label)
def test_every_column_of_a_korean_list_has_a_korean_head(model):
    desk = admin.site._registry[model]
    columns = [name for name in desk.list_display if name != "action_checkbox"]
    with translation.override("ko"):
        heads = {name: str(label_for_field(name, model, desk)) for name in columns}
    assert [head for head in heads.values() if not re.search("[가-힣]", head)] == []


def test_the_korean_catalogue_is_whole_and_compiled():
    assert translations.problems(ROOT, PO, "ko") == []


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_what_the_scripts_say_is_whole_and_compiled(language):
    po = ROOT / f"nkhr/locale/{language}/LC_MESSAGES/djangojs.po"
    assert translations.unfinished(ROOT, po, language) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The clock of this device is %s hour ahead of Seoul."),
        ("ko", "이 기기의 시계는 서울보다 %s시간 빠릅니다."),
    ],
)
def test_the_scripts_of_the_desk_are_given_our_words(admin_client, language, said):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    script = admin_client.get(reverse("admin:jsi18n")).content.decode()
    catalog = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", script, re.DOTALL)[1])
    assert catalog["Note: You are %s hour ahead of server time."][0] == said


def test_no_string_is_hidden_from_the_catalogue():
    """What collects strings cannot look into an f-string, nor know what a variable holds."""
    marks = {*translations.KEYWORDS, "_"}
    hidden = []
    for path in [*(ROOT / "advocacy").rglob("*.py"), *(ROOT / "nkhr").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        formatted = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        inside = {child for node in formatted for child in ast.walk(node)}
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in marks:
                continue
            if call in inside or not isinstance(call.args[0], ast.Constant):
                hidden.append(f"{path.name}:{call.lineno}")
    assert hidden == []


def test_no_korean_sentence_leaves_the_choice_of_a_particle_to_the_reader():
    undecided = re.compile(r"을/를|이/가|은/는|와/과|\((?:을|를|이|가|은|는|으|들)\)")
    catalog = translations.read(PO, "ko")
    strings = [
        text
        for message in catalog
        if message.id
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert [text for text in strings if undecided.search(text)] == []


@pytest.mark.django_db
def test_no_english_of_the_interface_is_left_on_a_korean_page(client, first_record):
    gone = Article.objects.create(language="ko", title="내려간 글", body="<p>글</p>")
    actions.publish(record=gone)
    actions.withdraw(publication=gone)
    answers = crawl(client, ["/ko/", "/ko/없는-글/", gone.get_absolute_url()])
    pages = {
        path: answer.body.decode()
        for path, answer in answers.items()
        if path.startswith("/ko/") and answer["Content-Type"].startswith("text/html")
    }
    assert len(pages) > 30
    assert {404, 410} <= {answers[path].status_code for path in pages}
    left = {path: english(html, allowed=NAMES) for path, html in pages.items()}
    assert {path: words for path, words in left.items() if words} == {}


@pytest.mark.django_db
def test_an_interface_that_is_not_translated_is_noticed(client, first_record):
    html = client.get("/en/milestones/").content.decode()
    pretended = html.replace('<html lang="en"', '<html lang="ko"')
    left = english(pretended, allowed=NAMES)
    # A label, a link for the keyboard, a heading, a legend, a count.
    assert {"Narrow", "Skip", "Milestones", "Turning", "milestone"} <= left
