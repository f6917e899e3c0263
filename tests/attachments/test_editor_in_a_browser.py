"""Files that are dropped, pasted or chosen in the form of a text, in a real browser."""

import base64
import re

import pytest
from playwright.sync_api import expect

from advocacy.attachments.models import Attachment
from advocacy.news.models import Article
from tests.browser import accessibility_problems, is_wider_than_its_window

from . import makers, records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Files as a browser hands them over: on a drop, or from the clipboard.
HANDED = """(element, {type, files, words}) => {
  const transfer = new DataTransfer()
  for (const [name, kind, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    transfer.items.add(new File([bytes], name, {type: kind}))
  }
  if (words) transfer.setData("text/plain", words)
  const {left, bottom, width, height} = element.getBoundingClientRect()
  const at = {clientX: left + width / 2, clientY: bottom - height / 2}
  const shared = {bubbles: true, cancelable: true}
  element.dispatchEvent(
    type === "paste"
      ? new ClipboardEvent("paste", {...shared, clipboardData: transfer})
      : new DragEvent(type, {...shared, ...at, dataTransfer: transfer})
  )
}"""


def hand(place, event, *files, words=""):
    """`files` are pairs of name and content."""
    kinds = {
        "pdf": "application/pdf",
        "jpg": "image/jpeg",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    handed = [
        (name, kinds[name.rpartition(".")[2]], base64.b64encode(content).decode())
        for name, content in files
    ]
    place.evaluate(HANDED, {"type": event, "files": handed, "words": words})


@pytest.fixture
def form(staff_page):
    """The form of an article of two paragraphs."""

    class Form:
        page = staff_page

        def __init__(self):
            self.article = records.article(body="<p>First.</p><p>Second.</p>")
            self.page.goto(f"/admin/news/article/{self.article.pk}/change/")
            self.text = self.page.locator(".ProseMirror")
            expect(self.text).to_contain_text("Second.")
            self.lines = self.page.locator(".richtext-upload")

        def written(self):
            return self.page.locator("textarea[name=body]").input_value()

        def saved(self) -> str:
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Save draft").click()
            return Article.objects.get().body

    return Form()


def figure_of(title):
    return f'<figure data-attachment="{Attachment.objects.get(title=title).uuid}"></figure>'


def test_pictures_that_are_dropped_stand_where_they_were_dropped(form):
    hand(
        form.text.locator("p").first,
        "drop",
        ("one.jpg", makers.jpeg((40, 30))),
        ("two.jpg", makers.jpeg((30, 40))),
    )
    expect(form.lines.get_by_text("Stored.")).to_have_count(2, timeout=30_000)
    expect(form.text.locator("figure img")).to_have_count(2)
    one, two = figure_of("one"), figure_of("two")
    assert form.saved() == f"<p>First.</p>{one}{two}<p>Second.</p>"
    shown = Article.objects.get().figures.values_list("attachment__title", flat=True)
    assert set(shown) == {"one", "two"}


@pytest.mark.long
def test_a_picture_that_is_pasted_stands_below_the_cursor_and_typing_goes_on_meanwhile(form):
    form.page.route(
        "**/upload/", lambda route: (form.page.wait_for_timeout(700), route.continue_())
    )
    form.text.locator("p").last.click()
    form.page.keyboard.press("End")
    hand(form.text, "paste", ("photo.png", makers.talkative_png()))
    form.page.keyboard.insert_text(" And more.")
    expect(form.text.locator("figure img")).to_be_visible(timeout=30_000)
    assert form.written() == f"<p>First.</p><p>Second. And more.</p>{figure_of('photo')}"


@pytest.mark.long
def test_words_that_carry_a_picture_of_themselves_are_pasted_as_words(form):
    form.text.locator("p").last.click()
    hand(form.text, "paste", ("image.png", makers.talkative_png()), words="copied")
    expect(form.text).to_contain_text("copied")
    assert form.lines.count() == 0
    assert not Attachment.objects.exists()


@pytest.mark.long
def test_pictures_are_chosen_on_the_device_also_on_a_telephone(form, tmp_path):
    form.page.set_viewport_size({"width": 390, "height": 844})
    form.text.locator("p").first.click()
    form.page.get_by_role("button", name="Figure").click()
    dialog = form.page.get_by_role("dialog")
    camera = dialog.locator("input[capture=environment]")
    assert "image/jpeg" in camera.get_attribute("accept")
    assert "heic" not in camera.get_attribute("accept")
    assert not is_wider_than_its_window(form.page)
    path = tmp_path / "palace.jpg"
    path.write_bytes(makers.jpeg())
    dialog.get_by_label("Upload pictures from this device").set_input_files(path)
    expect(form.text.locator("figure img")).to_be_visible(timeout=30_000)
    assert form.written() == f"<p>First.</p>{figure_of('palace')}<p>Second.</p>"
    assert not is_wider_than_its_window(form.page)
    assert accessibility_problems(form.page) == []


@pytest.mark.long
def test_what_is_here_already_is_offered_instead_of_a_copy(form):
    for _time in range(2):
        hand(form.text.locator("p").last, "drop", ("hall.jpg", makers.jpeg()))
    expect(form.lines.get_by_text("already in the library")).to_be_visible(timeout=30_000)
    expect(form.text.locator("figure img")).to_have_count(2)
    assert Attachment.objects.count() == 1


@pytest.mark.long
def test_what_is_refused_or_lost_is_told_and_the_text_stays(form):
    hand(form.text.locator("p").last, "drop", ("drawing.svg", b"<svg xmlns='x'/>"))
    expect(form.page.locator(".is-refused")).to_contain_text("This is an SVG drawing.")
    form.page.route("**/upload/", lambda route: route.abort())
    hand(form.text.locator("p").last, "drop", ("hall.jpg", makers.jpeg()))
    expect(form.page.locator(".is-refused").last).to_contain_text("The connection broke.")
    assert accessibility_problems(form.page) == []
    form.page.get_by_role("button", name=re.compile("Close: drawing")).click()
    expect(form.lines).to_have_count(1)
    assert form.written() == "<p>First.</p><p>Second.</p>"
    form.page.problems.clear()


@pytest.mark.long
def test_documents_become_rows_beside_the_text_wherever_they_are_dropped(form):
    hand(form.text.locator("p").last, "drop", ("one.pdf", makers.saved(makers.pdf("one"))))
    hand(
        form.page.locator("#documents-group"),
        "drop",
        ("two.pdf", makers.saved(makers.pdf("two"))),
        ("hall.jpg", makers.jpeg()),
    )
    expect(form.lines.get_by_text("Stored.")).to_have_count(3, timeout=30_000)
    expect(form.page.get_by_text("This is a picture. Drop it into the text")).to_be_visible()
    form.page.get_by_label("Upload documents").set_input_files(
        {
            "name": "again.pdf",
            "mimeType": "application/pdf",
            "buffer": makers.saved(makers.pdf("two")),
        }
    )
    expect(form.lines.get_by_text("already in the library")).to_be_visible(timeout=30_000)
    assert accessibility_problems(form.page) == []
    form.saved()
    beside = Article.objects.get().documents.values_list("attachment__title", flat=True)
    assert sorted(beside) == ["one", "two"]


@pytest.mark.long
def test_a_file_that_misses_the_text_does_not_take_the_place_of_the_page(form):
    heading = form.page.get_by_role("heading", level=1)
    prevented = heading.evaluate(
        """(element) => {
          const transfer = new DataTransfer()
          transfer.items.add(new File(["x"], "x.pdf"))
          const sent = {bubbles: true, cancelable: true, dataTransfer: transfer}
          return ["dragover", "drop"].map((type) => !element.dispatchEvent(new DragEvent(type, sent)))
        }"""
    )
    assert prevented == [True, True]


@pytest.mark.long
def test_nobody_leaves_before_the_last_file_has_arrived(form):
    form.page.route("**/upload/", lambda route: None)  # it never arrives
    hand(form.text.locator("p").last, "drop", ("hall.jpg", makers.jpeg()))
    expect(form.page.locator(".richtext-upload progress")).to_be_visible()
    asked = []
    form.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.page.locator("#id_title").click()  # browsers ask only where somebody did something
    form.page.goto("/admin/")
    assert asked == ["beforeunload"]
    form.page.problems.clear()
