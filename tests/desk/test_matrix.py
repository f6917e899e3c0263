"""Every address of the desk × role × state of the record: as the rules say, and not otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from advocacy.imports.models import Held, Run
from advocacy.news.models import Article, Tag
from advocacy.pages.models import MenuItem, Organisation
from advocacy.publishing.revisions import keeping
from advocacy.symbols.models import UNDocument
from tests.accounts.signing_in import sign_in
from tests.attachments import makers

from . import rules
from .world import KINDS, OWNERS, SECRET, STAFF, STATES, VISITOR, Place, World, fingerprint

pytestmark = pytest.mark.django_db

ROLES = (VISITOR, *STAFF)


def addresses(resolver: Any = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator:
    """Name and pattern of everything below /admin/; what has no name is called by its pattern."""
    for part in (resolver or get_resolver()).url_patterns:
        path = prefix + str(part.pattern)
        if not isinstance(part, URLPattern):
            yield from addresses(
                part, path, (*spaces, *filter(None, [getattr(part, "namespace", None)]))
            )
        elif path.lstrip("^").startswith("admin/"):
            yield ":".join([*spaces, part.name]) if part.name else path, path


NAMES = sorted({name for name, _path in addresses()})


def kind_of(name: str) -> tuple[str, str] | None:
    """Of an address of records: which kind, and the last word of its name."""
    for kind, model in KINDS.items():
        if name.startswith(f"admin:{model}_"):
            return kind, name.removeprefix(f"admin:{model}_")
    return None


class Case(NamedTuple):
    name: str
    route: str
    method: str
    role: str
    place: Place

    @property
    def expected(self) -> rules.Answer:
        return rules.of_record(self.route, self.method, self.role, self.place)


def cases_of_records() -> Iterator[Case]:
    for name in NAMES:
        kind, route = kind_of(name) or ("", "")
        if route not in rules.RECORD_ROUTES:
            continue
        methods = ["GET"] if route in rules.READ else ["GET", "POST"]
        for method, role, state, owner in itertools.product(methods, ROLES, STATES, OWNERS):
            yield Case(name, route, method, role, Place(kind, state, owner))


class Desk:
    """Somebody of each role, signed in, and what they ask for."""

    def __init__(self) -> None:
        self.world = World()
        self.clients = {role: Client() for role in ROLES}
        for role in STAFF:
            sign_in(self.clients[role], self.world.people[role])

    def unexpected(self, case: Case) -> str:
        """What was wrong about the answer; nothing stays changed."""
        record = self.world.record(case.place)
        in_a_language = filter(None, [rules.IN_A_LANGUAGE.get(case.route)])
        address = reverse(case.name, args=[record.pk, *in_a_language])
        typed = self.form(case.route, record)
        with transaction.atomic():
            before = fingerprint() if case.method == "POST" else []
            send = getattr(self.clients[case.role], case.method.lower())
            answer = send(address, typed if case.method == "POST" else None)
            changed = case.method == "POST" and fingerprint() != before
            transaction.set_rollback(True)
        wrong = mismatch(case.expected, answer, changed)
        if not wrong and case.expected in (rules.SIGN_IN, 404, 403, 405) and SECRET in read(answer):
            wrong = "named the text"
        return f"{case}: {wrong}" if wrong else ""

    def form(self, route: str, record: Any) -> dict[str, Any]:
        match route:
            case "ask":
                return {"reviewer": self.world.another.pk, "note": "."}
            case "send_back":
                return {"note": "."}
            case "comment":
                return {"comment": "."}
            case "translate":
                return {"language": "ko"}
            case "change" | "preview":
                return typed_in(record)
            case "side_by_side":
                return begun_in_korean(record)
            case "return_to":
                keeping.keep(record)
                return {"entry": keeping.kept_of(record.live).latest("pk").pk}
        return {}


def typed_in(record: Any) -> dict[str, Any]:
    """What a browser would send for the form of a record, with another title."""
    text = record.publications()[0]
    title = {"language": text.language, "title": "Typed", "slug": "", "body": "<p>.</p>"}
    inlines = ("documents", "coverage", "corrections", "participants", "symbols", "texts")
    management = {
        f"{prefix}-{name}": "0" for prefix in inlines for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    if text is record:
        return {**management, **title, "key": getattr(record, "key", "")}
    texts = {f"texts-0-{name}": value for name, value in title.items()}
    texts |= {"texts-0-id": text.pk, "texts-0-fact": record.pk, "texts-0-ready": "on"}
    texts |= {"texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "1"}
    fact = {"date": "2013", "body": "hrc", "kind": "resolution"}
    return {**management, **fact, **texts}


def begun_in_korean(record: Any) -> dict[str, Any]:
    """The text of a fact that has none in Korean yet."""
    typed = {"language": "ko", "title": "Typed", "slug": "", "body": "<p>.</p>"}
    texts: dict[str, Any] = {f"texts-0-{name}": value for name, value in typed.items()}
    return {**texts, "texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0"}


def mismatch(expected: rules.Answer, answer: HttpResponse, changed: bool) -> str:
    leads = answer.headers.get("Location", "")
    to_sign_in = answer.status_code == 302 and ("login" in leads or "sign-in" in leads)
    match expected:
        case rules.SIGN_IN:
            is_right = to_sign_in and not changed
        case rules.DONE:
            is_right = answer.status_code == 302 and changed and not to_sign_in
        case rules.LED:
            is_right = answer.status_code == 302 and not changed and not to_sign_in
        case _:
            is_right = answer.status_code == expected and not changed
    return "" if is_right else f"expected {expected}, but {answer.status_code} {leads} {changed=}"


def read(answer: HttpResponse) -> str:
    return b"".join(answer).decode()


# --- The tests ------------------------------------------------------------------------------------


def test_every_address_of_the_desk_has_a_rule():
    def has_rule(name: str) -> bool:
        _kind, route = kind_of(name) or ("", "")
        known = {*rules.RECORD_ROUTES, *rules.RECORD_RULES}
        return name in rules.RULES or route in known or name.endswith(rules.BARE)

    assert [name for name in NAMES if not has_rule(name)] == []


def test_every_rule_is_of_an_address_of_the_desk():
    assert set(rules.RULES) - set(NAMES) == set()


def test_the_matrix_is_as_large_as_it_is_meant_to_be():
    assert sum(1 for _case in cases_of_records()) >= 3000


def ask_each(desk: Desk, cases: list[Case]) -> None:
    found = [wrong for case in cases if (wrong := desk.unexpected(case))]
    assert found == [], f"{len(found)} of {len(cases)} unexpected:\n" + "\n".join(found[:40])


def test_each_address_of_records_answers_each_role_once():
    """A slice: of each address and role one state, another each time."""
    by_address: dict[tuple[str, str], list[Case]] = {}
    for case in cases_of_records():
        by_address.setdefault((case.name, case.role), []).append(case)
    some = [of[(7 * number) % len(of)] for number, of in enumerate(by_address.values())]
    ask_each(Desk(), some)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_each_address_of_records_answers_each_role_in_each_state(kind):
    ask_each(Desk(), [case for case in cases_of_records() if case.place.kind == kind])


def arguments(desk: Desk) -> dict[str, list]:
    """What the addresses that are not of records need."""
    pdf = makers.attachment()
    draft = desk.world.record(Place("article", "draft", "other"))
    assert isinstance(draft, Article)
    draft.documents.create(attachment=pdf)
    draft.tags.add(Tag.objects.create(name="Camps"))
    objects = {
        "attachments_attachment": pdf,
        "news_tag": Tag.objects.get(),
        "pages_menuitem": MenuItem.objects.create(
            place="main", language="en", label="News", path="/en/news/"
        ),
        "pages_organisation": Organisation.objects.create(
            language="en", name="NKHR", short_name="NKHR"
        ),
        "accounts_user": desk.world.colleague,
        "symbols_undocument": UNDocument.objects.create(symbol="A/HRC/25/63"),
        "imports_held": Held.objects.create(
            source="old", post="1", record=draft.uuid, shown="a.hwp", key="held/1", size=1
        ),
    }
    run = Run.objects.create(system="gnuboard", dump="old.sql", by=desk.world.colleague)
    found: dict[str, list] = {
        "imports:run": [run.uuid],
        "imports:report": [run.uuid],
        "imports:held": [objects["imports_held"].uuid],
        "imports:text": [draft.uuid],
        "attachments:replace": [pdf.uuid],
        "attachments:chosen": [pdf.uuid],
        "attachments:covered": [pdf.uuid, 1],
        "publishing:on_site": [ContentType.objects.get_for_model(Article).pk, draft.pk],
        "admin:view_on_site": [ContentType.objects.get_for_model(Article).pk, draft.pk],
        "admin:app_list": ["news"],
        "mfa_remove_webauthn": [7],
        "protection:held": [pdf.uuid],
        "casework:take_out_person": [1],
        "casework:withdrawal": [1],
        "casework:drop": [1],
        "publishing:keep": [pdf.uuid],
        "publishing:throw_away": [pdf.uuid],
        "publishing:preview": [pdf.uuid, "en"],
        "publishing:preview_phone": [pdf.uuid, "en"],
        **{
            f"protection:{name}": [7]
            for name in ("person", "consent", "remove", "approve", "end", "seen")
        },
        **{f"admin:tasks_task_{view}": ["7"] for view in ("change", "history", "delete")},
    }
    for model, one in objects.items():
        for view in ("change", "history", "delete", *rules.PEOPLE):
            if f"admin:{model}_{view}" in rules.RULES:
                found[f"admin:{model}_{view}"] = [one.pk]
    return found


def path_of(name: str, given: list | None) -> str:
    """By its name, or of what has none by its pattern."""
    if "/" not in name:
        return reverse(name, args=given)
    filled = name.replace("<path:object_id>", "7").replace("(?P<url>.*)$", "no-such-page/")
    return f"/{filled}"


def test_every_other_address_answers_each_role_and_names_no_hidden_text():
    desk = Desk()
    given = arguments(desk)
    ruled = dict(rules.RULES)
    for model, (view, rule) in itertools.product(KINDS.values(), rules.RECORD_RULES.items()):
        ruled[f"admin:{model}_{view}"] = rule
    ruled |= {name: rules.BARE_RULE for name in NAMES if name.endswith(rules.BARE)}
    found = []
    for (name, rule), role in itertools.product(ruled.items(), ROLES):
        send = getattr(desk.clients[role], rule.method.lower())
        with transaction.atomic():
            answer = send(path_of(name, given.get(name)) + rule.query)
            transaction.set_rollback(True)
        if wrong := mismatch(rule.of(role), answer, changed=False):
            found.append(f"{name} {role}: {wrong}")
        elif role in (VISITOR, "author") and SECRET in read(answer):
            found.append(f"{name} {role}: named the text")
    assert found == [], "\n".join(found)
