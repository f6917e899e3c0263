from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from advocacy.attachments import actions, storage
from advocacy.attachments.files import pipeline
from advocacy.attachments.files.pipeline import Refused
from advocacy.attachments.models import Attachment
from advocacy.publishing import generation
from advocacy.tasks import worker
from advocacy.tasks.models import Task

from . import makers, records

pytestmark = pytest.mark.django_db(transaction=True)


def stored_keys(settings):
    root = Path(settings.MEDIA_ROOT)
    return {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}


def named_keys(attachment):
    return {attachment.key, *attachment.renditions.values_list("key", flat=True)}


def test_an_upload_becomes_an_entry_with_its_bytes_and_words(upload_file, settings):
    source = upload_file(makers.talkative_pdf())
    attachment, is_known, otherwise = actions.take(source=source, filename="UN_Statement 2012.pdf")
    assert (is_known, otherwise) == (False, "")
    assert (attachment.kind, attachment.title) == ("pdf", "UN Statement 2012")
    assert attachment.name == "un-statement-2012"
    assert attachment.pages == 1
    assert [page.text for page in attachment.page_texts.all()] == ["What readers may read"]
    assert "author" in attachment.removed
    assert stored_keys(settings) == named_keys(attachment)
    assert attachment.sizes() == sorted(set(attachment.renditions.values_list("width", "height")))
    assert list(storage.incoming().iterdir()) == []


def test_hangul_from_a_mac_is_put_together(upload_file):
    import unicodedata

    name = unicodedata.normalize("NFD", "유엔 성명.png")
    source = upload_file(makers.talkative_png())
    attachment = actions.take(source=source, filename=name).attachment
    assert attachment.title == "유엔 성명"
    assert attachment.name == "유엔-성명"


def test_a_name_of_signs_alone_still_gives_an_address(upload_file):
    source = upload_file(makers.jpeg())
    attachment = actions.take(source=source, filename="☺☺.jpg").attachment
    assert (attachment.title, attachment.name) == ("☺☺", "picture")


def test_the_same_file_is_not_stored_twice_whatever_its_name(upload_file, settings):
    source = upload_file(makers.talkative_pdf())
    first = actions.take(source=source, filename="one.pdf").attachment
    before = stored_keys(settings)
    again = actions.take(source=source, filename="other.pdf")
    assert (again.attachment, again.is_known) == (first, True)
    with default_storage.open(first.key) as stored:
        downloaded = upload_file(stored.read(), "downloaded.pdf")
    assert actions.take(source=downloaded, filename="downloaded.pdf").attachment == first
    assert stored_keys(settings) == before


def test_a_picture_named_pdf_is_said_to_be_a_picture(upload_file):
    source = upload_file(makers.talkative_png())
    taken = actions.take(source=source, filename="statement.pdf")
    assert (taken.attachment.kind, taken.named_otherwise) == ("picture", "png")


def test_a_refused_file_leaves_nothing(upload_file, settings):
    with pytest.raises(Refused):
        actions.take(source=upload_file(b"<svg>"), filename="a.svg")
    assert not Attachment.objects.exists()
    assert stored_keys(settings) == set()


def test_bytes_without_a_row_are_taken_back(upload_file, settings, monkeypatch):
    def fail(*args):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(actions, "_rows", fail)
    with pytest.raises(RuntimeError):
        actions.take(source=upload_file(makers.jpeg()), filename="a.jpg")
    assert stored_keys(settings) == set()


def test_a_file_that_is_described_already_keeps_its_description(upload_file):
    attachment = actions.store(
        source=upload_file(makers.saved(makers.pdf("성명"))),
        title="자료집",
        name="유엔-자료집",
        language="ko",
    )
    assert (attachment.title, attachment.name, attachment.language) == (
        "자료집",
        "유엔-자료집",
        "ko",
    )
    with default_storage.open(attachment.key) as file, pikepdf.open(file) as opened:
        assert "자료집" in opened.Root.Metadata.read_bytes().decode()
        assert str(opened.Root.Lang) == "ko"


def test_replacing_changes_the_bytes_and_not_the_address(upload_file, settings):
    first = upload_file(makers.saved(makers.pdf("one")))
    attachment = actions.store(source=first, title="A statement", language="en")
    records.published(documents=[attachment])
    was, number = (attachment.sha256, attachment.get_absolute_url()), generation.current().value
    replaced = actions.replace(
        attachment=attachment, source=upload_file(makers.saved(makers.pdf("two", "three")))
    )
    assert (replaced.pk, replaced.uuid) == (attachment.pk, attachment.uuid)
    assert replaced.get_absolute_url() == was[1]
    assert replaced.sha256 != was[0]
    assert replaced.replaced_at is not None
    assert [page.text for page in replaced.page_texts.all()] == ["two", "three"]
    assert stored_keys(settings) == named_keys(replaced)
    assert generation.current().value == number + 2  # as it came, and drawn in all sizes


def test_a_refused_replacement_changes_nothing(upload_file, settings):
    attachment = actions.take(
        source=upload_file(makers.saved(makers.pdf())), filename="a.pdf"
    ).attachment
    before = stored_keys(settings)
    for data, code in ((makers.jpeg(), "other_kind"), (b"junk", "unknown_type")):
        with pytest.raises(Refused) as refused:
            actions.replace(attachment=attachment, source=upload_file(data))
        assert refused.value.code == code
    assert stored_keys(settings) == before
    attachment.refresh_from_db()
    assert attachment.replaced_at is None


def test_replacing_by_the_same_file_does_nothing(upload_file):
    source = upload_file(makers.saved(makers.pdf()))
    attachment = actions.take(source=source, filename="a.pdf").attachment
    assert actions.replace(attachment=attachment, source=source).replaced_at is None


def test_a_new_title_is_written_into_the_document_too(upload_file, settings):
    source = upload_file(makers.talkative_pdf())
    attachment = actions.take(source=source, filename="draft.pdf").attachment
    removed, fingerprint = attachment.removed, attachment.fingerprint
    attachment.title, attachment.language = "The final title", "en"
    actions.describe(attachment=attachment, changed=["title", "language"])
    attachment.refresh_from_db()
    with default_storage.open(attachment.key) as file, pikepdf.open(file) as opened:
        assert b"The final title" in opened.Root.Metadata.read_bytes()
    assert attachment.title == "The final title"
    assert (attachment.removed, attachment.fingerprint) == (removed, fingerprint)
    assert attachment.replaced_at is None
    assert stored_keys(settings) == named_keys(attachment)
    assert actions.take(source=source, filename="x.pdf").is_known


def test_a_new_title_is_written_into_the_document_after_whoever_gave_it_has_left(
    upload_file, settings, monkeypatch
):
    attachment = actions.take(
        source=upload_file(makers.saved(makers.pdf())), filename="draft.pdf"
    ).attachment
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    attachment.title = "The final title"
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "prepare", lambda *args, **kwargs: pytest.fail("it was waited for"))
        actions.describe(attachment=attachment, changed=["title"])
    task = Task.objects.get()
    assert str(task) == "to write its new title into “The final title”"
    assert worker.do_next("a machine")
    held = Attachment.objects.get()
    assert held.key != attachment.key
    with default_storage.open(held.key) as file, pikepdf.open(file) as opened:
        assert b"The final title" in opened.Root.Metadata.read_bytes()


def test_a_title_is_not_written_into_what_was_deleted_meanwhile():
    attachment = makers.attachment()
    pk = attachment.pk
    actions.delete(attachment=attachment)
    actions.write_title.call(pk)
    assert not Attachment.objects.exists()


def test_describing_a_file_that_was_replaced_meanwhile_keeps_its_new_bytes(upload_file):
    stale = actions.take(source=upload_file(makers.jpeg()), filename="hall.jpg").attachment
    replaced = actions.replace(
        attachment=Attachment.objects.get(), source=upload_file(makers.jpeg((30, 30)))
    )
    stale.alt_en = "The hall"
    actions.describe(attachment=stale, changed=["alt_en"])
    assert Attachment.objects.get().sha256 == replaced.sha256


def test_a_new_title_never_brings_back_the_document_that_was_replaced(
    upload_file, monkeypatch, settings
):
    one = upload_file(makers.saved(makers.pdf("one")), "one.pdf")
    two = upload_file(makers.saved(makers.pdf("two")), "two.pdf")
    attachment = actions.take(source=one, filename="one.pdf").attachment
    prepare, current = pipeline.prepare, Attachment.objects.get

    def meanwhile_replaced(*args, **kwargs):
        monkeypatch.setattr(pipeline, "prepare", prepare)
        product = prepare(*args, **kwargs)
        actions.replace(attachment=current(), source=two)
        return product

    monkeypatch.setattr(pipeline, "prepare", meanwhile_replaced)
    attachment.title = "A statement"
    actions.describe(attachment=attachment, changed=["title"])
    attachment = current()
    assert attachment.title == "A statement"
    assert [page.text for page in attachment.page_texts.all()] == ["two"]
    assert stored_keys(settings) == named_keys(attachment)


def test_describing_a_visible_file_starts_a_generation_and_a_private_one_does_not():
    attachment = makers.attachment("picture")
    number = generation.current().value
    attachment.alt_en = "A hall"
    actions.describe(attachment=attachment, changed=["alt_en"])
    assert generation.current().value == number
    records.published(body=records.figure(attachment))
    number = generation.current().value
    attachment.alt_en = "The hall"
    actions.describe(attachment=attachment, changed=["alt_en"])
    assert generation.current().value == number + 1


def test_deleting_removes_every_byte(settings):
    attachment = makers.attachment()
    assert stored_keys(settings)
    actions.delete(attachment=attachment)
    assert stored_keys(settings) == set()


def test_a_used_file_cannot_be_deleted(settings):
    attachment = makers.attachment()
    records.article(documents=[attachment])
    with pytest.raises(ProtectedError):
        actions.delete(attachment=attachment)
    assert default_storage.exists(attachment.key)
