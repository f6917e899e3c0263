"""The interface tried against its own description: with what it asks for, and with what it forbids."""

from __future__ import annotations

from datetime import date

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from advocacy.api import answers, limits, openapi, parameters
from advocacy.hits.models import DailyCount
from advocacy.news.models import Tag
from advocacy.publishing import actions
from tests.attachments import makers
from tests.facts import article, meeting, milestone

pytestmark = pytest.mark.django_db

MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(autouse=True)
def one_connection():
    """Django closes that of a request with it; this one has the record in a transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def operations(settings, monkeypatch):
    """Every operation of the description, in front of a record that has something in each list."""
    monkeypatch.setattr(limits, "REQUESTS", 1_000_000)
    made = article(public=False)
    made.tags.add(Tag.objects.create(name="Geneva", slug="geneva"))
    made.documents.create(attachment=makers.attachment("pdf"))
    actions.publish(record=made)
    milestone(
        outcome="vote",
        votes_for=30,
        votes_against=6,
        votes_abstaining=11,
        symbols=("A/HRC/RES/22/13",),
        titles={"en": "Inquiry", "ko": "조사"},
    )
    meeting()
    DailyCount.objects.create(item=made.uuid, kind="view", day=date(2026, 11, 24), human=7)
    schema = schemathesis.openapi.from_dict(openapi.document())
    schema.app = WSGIHandler()
    schema.config.update(base_url="http://127.0.0.1:8000/api/v1")
    return [found.ok() for found in schema.get_all_operations()]


def bounds(operations) -> int:
    """Try what lies at the bounds of each parameter, on either side; how many requests it took."""
    tried = 0
    for operation in operations:
        schema = operation.schema
        cases = schema.iter_coverage_cases(
            operation,
            generation_modes=MODES,
            generation_config=schema.config.generation_for(operation=operation),
        )
        for case in cases:
            case.call_and_validate()
            tried += 1
    return tried


def fuzz(operations, examples: int) -> None:
    for operation in operations:
        for mode in MODES:
            checks = [*hypothesis.HealthCheck]

            @hypothesis.settings(max_examples=examples, suppress_health_check=checks)
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def answered(case) -> None:
                case.call_and_validate()

            answered()


def test_milestones_are_served_as_they_are_described(operations):
    described = [one for one in operations if one.path.startswith("/milestones")]
    assert bounds(described) > 50
    fuzz(described, 5)


def test_what_is_not_served_as_it_is_described_is_found(operations, monkeypatch):
    """Were nothing compared, all else here would pass."""
    served = answers._as_json
    monkeypatch.setattr(answers, "_as_json", lambda made: served(made._replace(content={"a": 1})))
    with pytest.raises(FailureGroup):
        bounds(operations[:1])


def test_what_is_not_refused_as_it_is_described_is_found(operations, monkeypatch):
    monkeypatch.setattr(parameters, "_value", lambda given, parameter: parameter.default)
    with pytest.raises(FailureGroup):
        bounds(operations[:1])


@pytest.mark.long
def test_every_bound_of_every_parameter_is_kept(operations):
    assert bounds(operations) > 300


@pytest.mark.long
def test_whatever_is_asked_is_answered_as_it_is_described(operations):
    fuzz(operations, 100)
