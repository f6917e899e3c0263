"""What import-linter cannot see of the house."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models

from advocacy.publishing.models import Publication, Record

FLOORS = [
    {"home", "reach", "desk", "api", "exports", "imports", "links", "casework"},
    {"backup"},
    {"symbols"},
    {"search"},
    {"milestones"},
    {"meetings"},
    {"news", "pages"},
    {"protection"},
    {"attachments"},
    {"publishing", "hits", "accounts", "tasks"},
    {"un", "dates"},
]
HEIGHT = {name: -number for number, floor in enumerate(FLOORS) for name in floor}
OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("advocacy.")]
ADVOCACY = Path(settings.BASE_DIR) / "advocacy"


def test_every_slice_has_a_floor():
    slices = {path.parent.name for path in ADVOCACY.glob("*/apps.py")}
    assert slices == set(HEIGHT)


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField):
            continue
        if field.related_model is get_user_model():
            continue  # named by a setting (AUTH_USER_MODEL), so that everybody may know people
        other = field.related_model._meta.app_label
        if other in HEIGHT and other != model._meta.app_label:
            assert HEIGHT[other] < HEIGHT[model._meta.app_label], field


def test_every_slice_with_tables_has_migrations():
    for label in {model._meta.app_label for model in OWN_MODELS}:
        assert (ADVOCACY / label / "migrations" / "0001_initial.py").exists(), label


def test_advocacy_never_imports_the_root():
    for path in ADVOCACY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any(name.split(".")[0] == "nkhr" for name in names), path


def test_imports_stand_at_the_top_of_their_module():
    """Inside a function they hide cycles; AppConfig.ready is the one place Django asks for them."""
    for path in [*ADVOCACY.rglob("*.py"), *(ADVOCACY.parent / "nkhr").rglob("*.py")]:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "ready":
                hidden = [
                    n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)
                ]
                assert not hidden, f"{path}: {function.name}"


@pytest.mark.parametrize(
    "model",
    [model for model in OWN_MODELS if issubclass(model, Publication | Record)],
    ids=lambda model: model._meta.label,
)
def test_nobody_changes_publications_in_bulk(model):
    with pytest.raises(TypeError, match=r"advocacy\.publishing\.actions"):
        model.objects.all().update(uuid=None)
    with pytest.raises(TypeError, match=r"advocacy\.publishing\.actions"):
        model.objects.bulk_update([], ["uuid"])


def test_every_part_a_record_names_is_a_relation_to_it():
    for model in OWN_MODELS:
        for accessor in getattr(model, "parts", ()):
            assert model._meta.get_field(accessor).one_to_many, (model, accessor)
