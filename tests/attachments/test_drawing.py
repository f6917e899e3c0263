"""Renditions come after the answer to the upload; until then a small picture stands for all."""

import re

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import TaskResultStatus as Status

from advocacy.attachments import actions, drawing, figures, storage, views
from advocacy.attachments.files import pipeline
from advocacy.attachments.files.pipeline import Refused
from advocacy.attachments.models import Attachment, Rendition
from advocacy.publishing import generation
from advocacy.tasks import worker
from advocacy.tasks.models import Task

from . import makers, records
from .test_actions import named_keys, stored_keys

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def upload(upload_file):
    def uploaded(data=None, name="hall.jpg") -> Attachment:
        data = data or makers.jpeg((1200, 800))
        taken = actions.take(source=upload_file(data, name), filename=name).attachment
        if not taken.is_pdf:
            taken.alt_en = "A hall"
            actions.describe(attachment=taken, changed=["alt_en"])
        return taken

    return uploaded


def draw_all() -> int:
    number = 0
    while worker.do_next("here"):
        number += 1
    assert not Task.objects.exclude(status=Status.SUCCESSFUL).exists()
    return number


def drawn(attachment) -> set[tuple[str, int]]:
    return set(attachment.renditions.values_list("format", "width"))


def wanted(attachment) -> set[tuple[str, int]]:
    return {(form, width) for form, width, _height in attachment.renditions_wanted()}


def body(response) -> bytes:
    return b"".join(response.streaming_content)


# What is made when


@pytest.mark.parametrize("data", [makers.jpeg((1200, 800)), makers.saved(makers.pdf())])
def test_an_upload_waits_for_one_small_picture_and_the_rest_is_drawn_once(upload, settings, data):
    attachment = upload(data)
    assert drawn(attachment) == {("jpeg", 320)}
    assert not attachment.is_drawn
    first = attachment.renditions.get()
    assert draw_all() == 1
    attachment.refresh_from_db()
    assert attachment.is_drawn
    assert drawn(attachment) == wanted(attachment)
    assert attachment.renditions.get(format="jpeg", width=320) == first
    assert stored_keys(settings) == named_keys(attachment)
    assert list(storage.incoming().iterdir()) == []


def test_a_picture_smaller_than_that_is_drawn_in_its_own_size(upload):
    attachment = upload(makers.jpeg((200, 100)))
    assert drawn(attachment) == {("jpeg", 200)}
    draw_all()
    assert drawn(attachment) == {("avif", 200), ("webp", 200), ("jpeg", 200)}


def test_doing_it_again_changes_nothing(upload, settings):
    attachment = upload()
    draw_all()
    rows, keys = set(attachment.renditions.all()), stored_keys(settings)
    number = generation.current().value
    drawing.draw.call(attachment.pk, attachment.key)
    assert set(attachment.renditions.all()) == rows
    assert stored_keys(settings) == keys
    assert generation.current().value == number


def test_an_upload_that_is_not_saved_leaves_no_task(upload_file, settings):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.take(source=upload_file(makers.jpeg()), filename="a.jpg")
        raise ZeroDivisionError
    assert not Task.objects.exists()


def test_the_first_record_is_drawn_as_any_other(upload_file):
    source = upload_file(makers.saved(makers.pdf()))
    attachment = actions.store(source=source, title="A statement", language="en")
    assert draw_all() == 1
    assert drawn(attachment) == wanted(attachment)


# What readers see of it


def test_readers_get_what_is_there_in_the_measures_it_will_have(upload, client):
    attachment = upload()
    article = records.published(body=records.figure(attachment))
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<source" not in page
    (shown,) = re.findall(r'<picture><img src="([^"]+)" width="1200" height="800"', page)
    assert shown == attachment.drawn_url(320, "jpeg")
    answer = client.get(shown)
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    small = body(answer)

    number = generation.current().value
    draw_all()
    assert generation.current().value == number + 1
    page = client.get(article.get_absolute_url()).content.decode()
    (full,) = re.findall(r'<img src="([^"]+)" width="1200" height="800"', page)
    offered = {full, *re.findall(r"(/pictures/\S+) \d+w", page)}
    assert len(offered) == 7
    for path in offered:
        assert client.get(path).status_code == 200
    assert body(client.get(shown)) == small  # under its name for ever


def test_an_unused_picture_that_is_drawn_changes_nothing_for_readers(upload):
    upload()
    number = generation.current().value
    draw_all()
    assert generation.current().value == number


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg"])
def test_a_rendition_that_is_not_there_yet_leads_to_the_one_that_is(upload, client, form):
    attachment = upload()
    records.published(body=records.figure(attachment))
    answer = client.get(attachment.drawn_url(960, form))
    assert (answer.status_code, answer["Location"]) == (302, attachment.drawn_url(320, "jpeg"))
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    draw_all()
    assert client.get(attachment.drawn_url(1200, form)).status_code == 200


def test_the_thumbnail_of_a_document_has_the_measures_it_will_have(upload):
    attachment = upload(makers.saved(makers.pdf()), "a.pdf")
    before = attachment.thumbnail(128)
    draw_all()
    attachment.refresh_from_db()
    after = attachment.thumbnail(128)
    assert (before.width, before.height) == (after.width, after.height) == (160, 226)
    assert "-320.jpg" in before.url
    assert "-160.jpg" in after.url


def test_what_a_body_shows_costs_no_more_queries_while_it_waits(upload, django_assert_num_queries):
    figure = records.figure(upload())
    with django_assert_num_queries(1):
        assert "<picture>" in figures.render(figure, "en")


# Meanwhile


def meanwhile(monkeypatch, happens):
    """Something happens between the drawing and the writing down of what was drawn."""
    draw = pipeline.draw

    def drawn_and_then(*args, **kwargs):
        made = draw(*args, **kwargs)
        happens()
        return made

    monkeypatch.setattr(pipeline, "draw", drawn_and_then)


def test_a_file_replaced_while_it_is_drawn_gets_nothing_of_the_old_one(
    upload, upload_file, settings, monkeypatch
):
    attachment = upload()
    other = upload_file(makers.jpeg((900, 900)), "other.jpg")
    with monkeypatch.context() as patch:
        meanwhile(patch, lambda: actions.replace(attachment=attachment, source=other))
        assert worker.do_next("here")
    attachment.refresh_from_db()
    assert drawn(attachment) == {("jpeg", 320)}
    assert attachment.renditions.get().height == 320
    assert stored_keys(settings) == named_keys(attachment)
    assert draw_all() == 1
    attachment.refresh_from_db()
    assert drawn(attachment) == wanted(attachment)
    assert all(one.width == one.height for one in attachment.renditions.all())
    assert stored_keys(settings) == named_keys(attachment)


def test_a_file_replaced_before_it_is_drawn_is_drawn_once_and_anew(upload, upload_file, settings):
    attachment = upload()
    source = upload_file(makers.jpeg((900, 900)), "other.jpg")
    actions.replace(attachment=attachment, source=source)
    assert draw_all() == 2
    assert all(one.width == one.height for one in attachment.renditions.all())
    assert stored_keys(settings) == named_keys(Attachment.objects.get())


def test_a_file_whose_bytes_went_with_its_replacement_is_no_failure(
    upload, upload_file, monkeypatch
):
    attachment = upload()
    source, fetch = upload_file(makers.jpeg((900, 900)), "other.jpg"), storage.fetch

    def too_late(key, target):
        monkeypatch.setattr(storage, "fetch", fetch)
        actions.replace(attachment=attachment, source=source)
        fetch(key, target)

    monkeypatch.setattr(storage, "fetch", too_late)
    assert draw_all() == 2
    assert drawn(attachment) == wanted(Attachment.objects.get())


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_deleted_file_is_not_drawn(upload, settings, monkeypatch, when):
    attachment = upload()
    if when == "before":
        actions.delete(attachment=attachment)
    else:
        meanwhile(monkeypatch, lambda: actions.delete(attachment=attachment))
    assert draw_all() == 1
    assert not Rendition.objects.exists()
    assert stored_keys(settings) == set()


def test_two_who_draw_the_same_leave_it_drawn_once(upload, settings, monkeypatch):
    attachment = upload()
    with monkeypatch.context() as patch:
        call = pipeline.draw
        patch.setattr(
            pipeline,
            "draw",
            lambda *args, **kwargs: (
                patch.setattr(pipeline, "draw", call),
                drawing.draw.call(attachment.pk, attachment.key),
                call(*args, **kwargs),
            )[-1],
        )
        assert draw_all() == 1
    assert drawn(attachment) == wanted(attachment)
    assert stored_keys(settings) == named_keys(attachment)


def test_describing_a_file_that_is_being_drawn_keeps_what_is_drawn(upload):
    stale = upload()
    draw_all()
    stale.alt_en = "The hall"
    actions.describe(attachment=stale, changed=["alt_en"])
    attachment = Attachment.objects.get()
    assert (attachment.alt_en, attachment.is_drawn) == ("The hall", True)


def test_a_name_that_is_kept_for_ever_never_hands_out_the_bytes_of_its_successor(
    upload, upload_file, client, monkeypatch
):
    former = upload()
    records.published(body=records.figure(former))
    source = upload_file(makers.jpeg((900, 900)), "other.jpg")
    actions.replace(attachment=Attachment.objects.get(), source=source)
    with monkeypatch.context() as patch:  # replaced after its row was read
        patch.setattr(views, "_readable", lambda *args: (former, True))
        assert client.get(former.drawn_url(320, "jpeg")).status_code == 404
    answer = client.get(former.drawn_url(320, "jpeg"))
    assert answer["Location"] == Attachment.objects.get().drawn_url(320, "jpeg")


# What goes wrong


def test_a_picture_that_cannot_be_drawn_is_tried_again_and_nothing_of_it_kept(
    upload, settings, monkeypatch
):
    attachment = upload()

    def refuse(*args, **kwargs):
        raise Refused("reader_died")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "draw", refuse)
        assert worker.do_next("here")
    task = Task.objects.get()
    assert task.status == Status.READY
    assert "Refused" in task.traceback
    assert str(task) == "to draw “hall” in all sizes"
    assert stored_keys(settings) == named_keys(attachment)
    Task.objects.update(run_after=task.enqueued_at)
    assert draw_all() == 1
    assert drawn(attachment) == wanted(attachment)


def test_a_full_disk_takes_back_what_was_stored(upload, settings, monkeypatch):
    attachment = upload()
    keep, kept = storage.keep, []

    def full(path, ending):
        if len(kept) == 3:
            raise OSError("No space left on device")
        kept.append(keep(path, ending))
        return kept[-1]

    monkeypatch.setattr(storage, "keep", full)
    assert worker.do_next("here")
    assert Task.objects.get().status == Status.READY
    assert stored_keys(settings) == named_keys(attachment)


def test_bytes_that_are_gone_are_told(upload):
    default_storage.delete(upload().key)
    assert worker.do_next("here")
    assert "FileNotFoundError" in Task.objects.get().traceback
