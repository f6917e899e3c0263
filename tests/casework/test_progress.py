"""Whoever looks at a withdrawal sees how far it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from advocacy.casework import cursor, progress, steps
from advocacy.casework.models import Withdrawal
from advocacy.casework.sought import Named
from advocacy.protection.router import ALIAS
from tests.accounts.signing_in import sign_in
from tests.facts import article
from tests.people import person

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])
State = Withdrawal.State


def work(**fields) -> Withdrawal:
    terms = {"names": ["신동혁"], "en": "a survivor", "ko": "생존자"}
    return Withdrawal.objects.create(by=1, terms=terms, **fields)


def test_rows_are_noted_while_they_are_read(key, monkeypatch):
    monkeypatch.setattr(progress, "EVERY_S", 0)
    article("Nobody in Geneva")
    named = article("신동혁")
    one = work()
    assert next(cursor.named_rows(one, Named(["신동혁"]), float("inf"))).pk == named.pk
    noted = Withdrawal.objects.get(pk=one.pk)
    assert noted.done == 2
    assert noted.total > noted.done


@pytest.mark.parametrize(
    ("step", "done", "value", "sentence"),
    [
        ("tables", 1500, "1.75", "Texts are being read: 1,500 of 2,000."),
        ("disk", 0, "7.0", "What was deleted is being taken off the disk."),
        ("scan", 3 * 1024 * 1024, "8.0", "Every byte is being read: 3.0 MB so far."),
    ],
)
def test_the_page_shows_the_part_of_the_step_and_the_time(client, key, step, done, value, sentence):
    sign_in(client, person("author", "officer", is_case_officer=True))
    began = timezone.now() - timedelta(seconds=75)
    total = 2000 if step == "tables" else 0
    one = work(state=State.TAKING, step=step, done=done, total=total, confirmed_at=began)
    page = client.get(reverse("casework:withdrawal", args=[one.pk])).content.decode()
    assert f'value="{value}" max="9"' in page
    assert sentence in page.replace("\xa0", " ")
    assert int(re.search(r"(\d+) seconds so far", page)[1]) >= 75


def test_what_was_dropped_while_it_was_looked_for_does_not_come_back(key, monkeypatch):
    monkeypatch.setattr(progress, "EVERY_S", 0)
    article("Nobody in Geneva")
    one = work()
    Withdrawal.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        steps._look(one, float("inf"))
    assert not Withdrawal.objects.exists()
