import hashlib
import subprocess
import sys
import time

import pikepdf
import pytest
from django.utils import translation
from PIL import Image

from advocacy.attachments.files import pipeline, sentences
from advocacy.attachments.files.limits import MEGABYTE, Limits
from advocacy.attachments.files.pipeline import Refused, draw, prepare

from . import makers


@pytest.fixture
def take(tmp_path):
    def taken(data, **options):
        source, directory = tmp_path / "upload", tmp_path / "work"
        source.write_bytes(data)
        directory.mkdir(exist_ok=True)
        return prepare(source, directory, **options)

    return taken


def refusal(take, data, **options):
    with pytest.raises(Refused) as refused:
        take(data, **options)
    return refused.value


def test_a_document_comes_out_measured_stripped_and_drawn(take):
    product = take(makers.talkative_pdf(), title="A title", language="en")
    data = product.path.read_bytes()
    assert product.sha256 == hashlib.sha256(data).hexdigest()
    assert (product.size, product.pages, product.media_type) == (len(data), 1, "application/pdf")
    assert product.texts == ["What readers may read"]
    assert b"Secretname" not in makers.everything_in(product.path)
    assert [(d.format, d.width) for d in product.renditions] == [("jpeg", 320)]
    with pikepdf.open(product.path) as opened:
        assert len(opened.pages) == 1
        assert b"A title" in opened.Root.Metadata.read_bytes()


def test_a_picture_comes_out_redrawn_and_once_more_small(take):
    product = take(makers.talkative_jpeg(size=(1200, 900)))
    assert (product.width, product.height, product.ending) == (900, 1200, "jpg")
    (small,) = product.renditions
    assert (small.format, small.width, small.height) == ("jpeg", 320, 427)
    for path in (product.path, small.path):
        assert b"Secretname" not in path.read_bytes()
    assert "gps" in product.removed


@pytest.mark.parametrize("data", [makers.jpeg((1200, 900)), makers.saved(makers.pdf())])
def test_what_was_stored_is_drawn_in_what_is_wanted_and_nothing_else(take, tmp_path, data):
    product = take(data)
    wanted = [("avif", 960, 720), ("webp", 320, 240), ("jpeg", 320, 240)]
    drawn = draw(product.path, tmp_path / "work", wanted)
    assert [(one.format, one.width, one.height) for one in drawn] == wanted
    for one in drawn:
        with Image.open(one.path) as image:
            assert (image.format, image.size) == (one.format.upper(), (one.width, one.height))


def test_a_reader_whose_site_is_gone_ends_too(tmp_path):
    """The site keeps its end of a pipe open and says no more; the kernel closes it for the dead."""
    site = f"""
import os, sys
from pathlib import Path
from advocacy.attachments.files import pipeline
spawn = pipeline.subprocess.Popen
def told(*args, **kwargs):
    kwargs["stdout"] = None  # ours: at its end both are gone
    return spawn(*args, **kwargs)
pipeline.subprocess.Popen = told
wanted = [("avif", 2000 + n, 2000) for n in range(60)]
print("asking", flush=True)
pipeline.draw(Path({str(tmp_path / "source")!r}), Path({str(tmp_path)!r}), wanted)
"""
    (tmp_path / "source").write_bytes(makers.jpeg((3000, 2000)))
    with subprocess.Popen([sys.executable, "-c", site], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"asking\n"
        while not (tmp_path / "2000.avif").exists():
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        assert process.stdout.read() == b""  # comes to its end when nobody has it open any more
    assert not (tmp_path / "2059.avif").exists()


def test_a_picture_named_pdf_is_judged_by_its_content(take):
    assert take(makers.talkative_png()).found == "png"


def test_the_language_is_read_from_the_document_where_nobody_said_it(take):
    words = "The report of the Commission was presented to the Human Rights Council in Geneva"
    assert take(makers.saved(makers.pdf(words))).language == "en"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<html>%PDF-1.7", "html"),
        (makers.bomb_png(), "too_many_pixels"),
        (makers.jpeg((640, 480))[:-900], "incomplete_picture"),
        (makers.saved(makers.pdf())[:-150], "incomplete_pdf"),
    ],
    ids=["empty", "svg", "html", "bomb", "cut-picture", "cut-document"],
)
def test_bad_files_are_refused_in_a_sentence(take, data, code):
    refused = refusal(take, data)
    assert refused.code == code
    assert str(refused).endswith(".")
    assert "%(" not in str(refused)


def test_a_document_with_a_password_is_refused_in_a_sentence(take):
    locked = makers.saved(makers.pdf(), encryption=pikepdf.Encryption(user="x", owner="y"))
    assert "password" in str(refusal(take, locked))


def test_what_is_too_large_is_refused_unread(take):
    refused = refusal(take, makers.jpeg(), limits=Limits(bytes=100))
    assert (refused.code, refused.facts) == ("too_large", {"limit": 0})


def test_a_reader_that_takes_too_much_memory_only_refuses_the_file(take):
    data = makers._saved(makers.picture((7000, 7000)), "PNG")
    assert refusal(take, data, limits=Limits(memory=400 * MEGABYTE)).code in (
        "too_heavy",
        "incomplete_picture",
        "reader_died",
    )


def test_a_reader_that_takes_too_long_is_ended(take):
    data = makers._saved(makers.picture((7900, 7900)), "PNG")
    assert refusal(take, data, limits=Limits(wall_seconds=0.4)).code == "too_slow"
    assert refusal(take, data, limits=Limits(cpu_seconds=1)).code == "too_slow"


def test_a_reader_that_is_killed_only_refuses_the_file(take, monkeypatch):
    class Killed(subprocess.Popen):
        def wait(self, *args, **kwargs):
            self.kill()
            return super().wait()

    monkeypatch.setattr(pipeline.subprocess, "Popen", Killed)
    assert refusal(take, makers.jpeg()).code == "reader_died"


def test_the_reader_gets_neither_secrets_nor_settings(take, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s" * 50)
    seen = {}

    class Watched(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            seen.update(kwargs["env"])
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(pipeline.subprocess, "Popen", Watched)
    take(makers.jpeg())
    assert seen.keys() == {"PYTHONPATH", "PATH", "LC_ALL", "MALLOC_ARENA_MAX"}


def test_a_truncated_answer_is_no_answer(take, monkeypatch, tmp_path):
    class Silent(subprocess.Popen):
        def wait(self, *args, **kwargs):
            status = super().wait(*args, **kwargs)
            (tmp_path / "work" / "result.json").unlink(missing_ok=True)
            return status

    monkeypatch.setattr(pipeline.subprocess, "Popen", Silent)
    assert refusal(take, makers.jpeg()).code == "reader_died"


def test_every_refusal_and_every_removal_is_a_whole_text():
    facts = {"limit": 50, "width": 1, "height": 1, "pages": 2, "page": 3}
    for code in sentences.REFUSALS:
        assert sentences.refusal(code, facts).endswith(".")
    with translation.override("en"):
        assert sentences.removed_sentence(["gps", "author"]) == (
            "Removed: the place where it was taken (GPS); the author's name."
        )
        assert sentences.removed_sentence(["author", "earlier_versions:2"]) == (
            "Removed: the author's name; 2 earlier versions."
        )
        assert sentences.removed_sentence([]) == "There was nothing to remove."


def test_a_code_nobody_knows_is_still_a_sentence():
    assert sentences.refusal("no such code", {}).endswith(".")
