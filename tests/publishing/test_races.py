"""Two who save the same text at the same moment, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.models import Unsaved
from tests.people import person
from tests.publishing.browsing import opened
from tests.publishing.forms import change_url

#: An editor: for each line of JSON, an address and the fields to send there, says what came back.
EDITOR = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "nkhr.settings"
from django.conf import settings
settings.DATABASES["default"] = json.loads(sys.argv[1])
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
import django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
from advocacy.accounts.models import User
client = Client()
client.force_login(User.objects.get(username=sys.argv[2]))
print("ready", flush=True)
for line in sys.stdin:
    address, fields = json.loads(line)
    answer = client.post(address, fields)
    is_asked = answer.status_code == 200 and b'id="conflict-heading"' in answer.content
    print("saved" if answer.status_code == 302 else "asked" if is_asked else "lost", flush=True)
"""
NAMES = ("Han", "Lee")


@contextmanager
def editors():
    given = {name: value for name, value in connection.settings_dict.items() if name != "TEST"}
    database = json.dumps({**given, "CONN_MAX_AGE": 0})
    started = [
        subprocess.Popen(
            [sys.executable, "-c", EDITOR, database, name],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in NAMES
    ]
    try:
        for one in started:
            assert one.stdout.readline() == "ready\n"
        yield started
    finally:
        for one in started:
            one.stdin.close()
        for one in started:
            one.wait()
            one.stdout.close()


def at_once(both, form, **buttons: str) -> dict[str, str]:
    """What each of the two is answered who press a button of this form with their name as its title."""
    for name, one in zip(NAMES, both, strict=True):
        fields = {**form.type(title=name).fields, buttons.get(name, "_save"): ["1"]}
        one.stdin.write(json.dumps([form.address, fields]) + "\n")
    for one in both:  # both lines are written; now both are read
        one.stdin.flush()
    return {name: one.stdout.readline().strip() for name, one in zip(NAMES, both, strict=True)}


def race(rounds: int) -> None:
    looking = Client()
    people = {name: person("publisher", name) for name in NAMES}
    looking.force_login(people["Han"])
    drafts = [Article.objects.create(title="As both saw it") for _round in range(rounds)]
    forms = [opened(looking, change_url(draft)) for draft in drafts]
    overwritten, lost = [], []
    with editors() as both:
        for draft, form in zip(drafts, forms, strict=True):
            answers = at_once(both, form)
            saved = [name for name, answer in answers.items() if answer == "saved"]
            draft.refresh_from_db()
            if [draft.title] != saved or draft.version != 2:
                overwritten.append((answers, draft.title, draft.version))
            if sorted(answers.values()) != ["asked", "saved"]:
                lost.append(answers)
    assert overwritten == []
    assert lost == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_the_second_and_is_asked():
    race(5)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_in_two_hundred_races_nothing_is_overwritten_unawares():
    race(200)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_in_fifty_races_of_one_who_publishes_and_one_who_saves():
    looking = Client()
    people = {name: person("publisher", name) for name in NAMES}
    looking.force_login(people["Han"])
    for number in range(50):
        live = Article.objects.create(title=f"As readers know it {number}", body="<p>Words.</p>")
        actions.open_working_copy(record=actions.publish(record=live))
    copies = Article.objects.exclude(replaces=None).order_by("pk")
    forms = [opened(looking, change_url(copy)) for copy in copies]
    lives = [copy.replaces_id for copy in copies]
    lost = []
    with editors() as both:
        for live, form in zip(lives, forms, strict=True):
            answers = at_once(both, form, Han="_publish")
            record = Article.objects.get(pk=live)
            rows = {record.title, getattr(record.changes(), "title", "")}
            kept = Unsaved.objects.filter(record=record.uuid).values_list("fields__title__0")
            if not {*NAMES} <= rows | {title for (title,) in kept}:
                lost.append((answers, rows))
    assert lost == []
