"""What is taken along from this site as a table comes back as it was."""

from __future__ import annotations

import io
import os

import pytest
from django.core.management import call_command

from advocacy.imports.tables.rows import rows
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.publishing import actions

pytest.importorskip("advocacy.exports", reason="This site has no tables to take along.")
pytestmark = pytest.mark.django_db

#: Of this very record and this very table, and no part of what it says.
OF_THIS_SITE = {"id", "url", "text_id", "translations", "changed", "made", "licence"}


@pytest.fixture(autouse=True)
def disk_need_not_be_sure(monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def milestones(db):
    told = [
        (
            {"date": "2013-03-21", "body": "hrc", "kind": "resolution", "outcome": "no_vote"},
            "A/HRC/RES/22/13",
        ),
        (
            {
                "date": "2014-12-18",
                "body": "ga",
                "kind": "resolution",
                "outcome": "vote",
                "votes_for": 116,
                "votes_against": 20,
                "votes_abstaining": 53,
                "turning_point": True,
            },
            "A/RES/69/188",
        ),
        ({"date": "{2010,2014}", "body": "upr", "kind": "review"}, ""),
        ({"date": "199X", "kind": "advocacy", "own_step": True}, ""),
    ]
    for number, (fact, symbol) in enumerate(told):
        milestone = Milestone.objects.create(**fact)
        if symbol:
            milestone.symbols.create(symbol=symbol)
        for language, title in (("en", f"=Step {number}, “quoted”; so"), ("ko", f"-걸음 {number}")):
            MilestoneText.objects.create(
                fact=milestone,
                language=language,
                title=title,
                summary="@first line",
                our_part="<p>We spoke.</p>",
            )
        actions.publish(record=milestone)


def taken(client, language: str, form: str) -> bytes:
    answer = client.get(f"/{language}/milestones/export.{form}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def said(table: bytes) -> list[dict[str, str]]:
    heads, *lines = [cells for _line, cells in rows(io.BytesIO(table))]
    every = [dict(zip(heads, cells, strict=True)) for cells in lines]
    kept = [{name: row[name] for name in row if name not in OF_THIS_SITE} for row in every]
    return sorted(kept, key=lambda row: (row["date"], row["title"]))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_milestones_that_were_taken_along_come_back_as_they_were(
    client, milestones, form, tmp_path
):
    before = {language: taken(client, language, form) for language in ("en", "ko")}
    assert len(said(before["en"])) == 4
    for milestone in Milestone.objects.all():
        milestone.delete()
    for language, table in before.items():
        path = tmp_path / f"{language}.{form}"
        path.write_bytes(table)
        told = io.StringIO()
        call_command("import_table", "milestone", str(path), published=True, stdout=told)
        # The second language changes what the first has made.
        assert f"4  {'published' if language == 'en' else 'changed'}" in told.getvalue()
    assert Milestone.objects.count() == 4
    for language, table in before.items():
        assert said(taken(client, language, form)) == said(table)
