"""The editor in a real browser: what staff write is what is stored, to the letter."""

import pytest
from playwright.sync_api import expect

from advocacy.pages.models import StandingPage
from advocacy.publishing.richtext import clean
from tests.browser import is_wider_than_its_window

from .desk import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.publishing.desk")]

PALACE, DELEGATION, STATEMENT = (picture["uuid"] for picture in PICTURES)

STORED = {
    "paragraphs": "<p>One.</p><p>Two  <br>lines.</p>".replace("  ", " "),
    "headings": '<h2>인권 <em>now</em></h2><h3 lang="en">Sub</h3><h4>Deep</h4><p>x</p>',
    "marks": "<p>H<sub>2</sub>O, x<sup>2</sup>, <strong>bold</strong>, <cite>A Title</cite></p>",
    "lists": '<ol start="3"><li>three<ul><li>deep</li></ul></li><li>four</li></ol>',
    "two paragraphs in an item": "<ul><li><p>one</p><p>two</p></li></ul>",
    "quotation": "<blockquote><p>Long overdue.</p><footer>The High Commissioner</footer></blockquote><hr>",
    "links": '<p><a href="https://example.org/?a=1&amp;b=2" hreflang="fr">there</a>'
    ' and <a href="/en/">here</a></p>',
    "symbols": "<p>In A/HRC/RES/22/13, and a/res/60/173.</p>",
    "a symbol under other words": "<p>"
    '<a class="sym" href="https://docs.un.org/en/A/RES/60/173">the text</a></p>',
    "language": '<p>In <span lang="ko">한국어</span> words</p>',
    "footnotes": '<p>Said.<span data-note="See &quot;Report&quot;, p. 3 &lt;4&gt; &amp; 5."></span> So.</p>',
    "figure": f'<figure data-attachment="{PALACE}">'
    "<figcaption>The <em>palace</em>, A/RES/60/173.</figcaption></figure>",
    "figure without words": f'<figure data-attachment="{PALACE}"></figure>',
    "table": '<table><caption>Votes</caption><thead><tr><th colspan="2" scope="col">For</th></tr></thead>'
    '<tbody><tr><th rowspan="2" scope="row">30</th><td>a</td></tr>'
    "<tr><td><p>b</p><p>c</p></td></tr></tbody></table>",
    "table without a head": "<table><tbody><tr><td>a</td><td></td></tr></tbody></table>",
}


class Keys:
    """A typist as quick as people are: the editor hears of a moved cursor, and takes the focus back
    from a dialog, a moment after it happened.
    """

    def __init__(self, page) -> None:
        self.page = page

    def type(self, words: str) -> None:
        self.wait()
        self.page.keyboard.type(words)

    def press(self, key: str) -> None:
        self.wait()
        self.page.keyboard.press(key)

    def wait(self) -> None:
        self.page.wait_for_function("() => document.activeElement.closest('.ProseMirror')")
        self.page.evaluate(
            """() => new Promise((heard) => requestAnimationFrame(
                () => requestAnimationFrame(() => setTimeout(heard, 50))))"""
        )


@pytest.fixture
def desk(staff_page):
    """Opens a text in the editor; `saved()` answers what is stored after Save was pressed."""

    class Desk:
        page = staff_page

        def open(self, body: str = ""):
            self.record = StandingPage.objects.create(title="A page", body=body)
            self.page.goto(f"/admin/pages/standingpage/{self.record.pk}/change/")
            self.text = self.page.locator(".ProseMirror")
            self.text.wait_for()
            return self

        def press(self, label: str):
            self.page.locator(".richtext-tools").get_by_role(
                "button", name=label, exact=True
            ).click()

        @property
        def dialog(self):
            return self.page.get_by_role("dialog")

        def at_the_end(self):
            self.text.focus()
            self.text.evaluate(
                """async (text) => {
                    while (!text.contains(document.getSelection().anchorNode))
                        await new Promise((resolve) => setTimeout(resolve, 10))
                }"""
            )
            keys = Keys(self.page)
            keys.press("Control+End")
            return keys

        def saved(self) -> str:
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Save and continue editing").click()
            self.record.refresh_from_db()
            return self.record.body

    return Desk()


@pytest.mark.parametrize("html", STORED.values(), ids=STORED)
def test_what_is_stored_comes_back_the_same_after_an_edit_elsewhere(desk, html):
    tail = "<p>tail</p>"
    before = clean(html + tail)
    desk.open(before).at_the_end().type(" x")
    assert desk.saved() == before.replace("tail", "tail x")


def test_opening_and_saving_without_a_touch_changes_nothing(desk):
    before = clean("".join(STORED.values()))
    desk.open(before)
    assert desk.saved() == before


def test_spaces_stay_spaces(desk):
    desk.open().at_the_end().type("one two  three ")
    body = desk.saved()
    assert body.startswith("<p>one two")
    assert "&nbsp;" not in body
    assert "\xa0" not in body


def test_hangul_is_composed_letter_by_letter(desk):
    desk.open().at_the_end()
    typist = desk.page.context.new_cdp_session(desk.page)
    for syllable in ("인", "권"):
        for step in {"인": "ㅇ이인", "권": "ㄱ구궈권"}[syllable]:
            typist.send(
                "Input.imeSetComposition",
                {"text": step, "selectionStart": 1, "selectionEnd": 1},
            )
        typist.send("Input.insertText", {"text": syllable})
    Keys(desk.page).type(" ok")
    assert desk.saved() == "<p>인권 ok</p>"


def test_headings_lists_and_quotations_are_buttons(desk):
    keys = desk.open().at_the_end()
    desk.press("Heading")
    keys.type("Title")
    keys.press("Enter")
    desk.press("Bold")
    keys.type("Weight")
    desk.press("Bold")
    keys.press("Enter")
    desk.press("List")
    keys.type("one")
    keys.press("Enter")
    keys.press("Enter")
    desk.press("Quotation")
    keys.type("Overdue.")
    desk.press("Source of the quotation")
    keys.type("Somebody")
    keys.press("Enter")
    keys.type("After.")
    assert desk.saved() == (
        "<h2>Title</h2><p><strong>Weight</strong></p><ul><li>one</li></ul>"
        "<blockquote><p>Overdue.</p><footer>Somebody</footer></blockquote><p>After.</p>"
    )


def test_a_footnote_is_asked_for_shown_changed_and_removed(desk):
    desk.open("<p>Said.</p>").at_the_end()
    desk.press("Footnote")
    desk.dialog.get_by_role("button", name="Apply").click()
    assert "Please fill this in." in desk.dialog.inner_text()
    desk.dialog.get_by_label("Text of the footnote").fill('See "A/RES/60/173".')
    desk.dialog.get_by_role("button", name="Apply").click()
    mark = desk.page.get_by_role("button", name="Footnote: See")
    assert mark.get_attribute("title") == 'See "A/RES/60/173".'
    assert desk.saved() == '<p>Said.<span data-note="See &quot;A/RES/60/173&quot;."></span></p>'

    mark.click()
    field = desk.dialog.get_by_label("Text of the footnote")
    assert field.input_value() == 'See "A/RES/60/173".'
    field.fill("Changed.")
    desk.dialog.get_by_role("button", name="Apply").click()
    assert desk.saved() == '<p>Said.<span data-note="Changed."></span></p>'

    mark = desk.page.get_by_role("button", name="Footnote: Changed.")
    mark.click()
    desk.dialog.get_by_role("button", name="Remove the footnote").click()
    assert desk.saved() == "<p>Said.</p>"


def test_a_figure_is_chosen_from_the_library_and_given_a_caption(desk):
    keys = desk.open("<p>Before.</p>").at_the_end()
    desk.press("Figure")
    desk.dialog.get_by_role("button", name="Palais des Nations").wait_for()
    assert desk.dialog.locator("li").count() == 2
    desk.dialog.get_by_role("button", name="Show more").click()
    desk.dialog.get_by_role("button", name="A signed statement").wait_for()
    desk.dialog.get_by_label("Search by title").fill("대표")
    expect(desk.dialog.locator("li")).to_have_count(1)
    desk.dialog.get_by_role("button", name="대표단").click()
    keys.type("Who came.")
    keys.press("Enter")
    keys.type("After.")
    assert desk.saved() == (
        f'<p>Before.</p><figure data-attachment="{DELEGATION}"><figcaption>Who came.</figcaption></figure>'
        "<p>After.</p>"
    )


def test_a_figure_shows_its_picture_and_can_be_changed_and_removed(desk):
    desk.open(f'<p>x</p><figure data-attachment="{PALACE}"><figcaption>Words</figcaption></figure>')
    image = desk.text.locator("figure img")
    image.wait_for()
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    desk.page.get_by_role("button", name="Change the picture").click()
    desk.dialog.get_by_role("button", name="대표단").click()
    assert f'data-attachment="{DELEGATION}"><figcaption>Words' in desk.saved()
    desk.page.get_by_role("button", name="Remove the figure").click()
    assert desk.saved() == "<p>x</p>"


def test_a_picture_that_is_gone_says_so_and_stays_in_the_text(desk):
    gone = '<figure data-attachment="00000009-0000-4000-8000-000000000000"></figure>'
    desk.open(gone + "<p>x</p>").at_the_end().type("y")
    desk.page.get_by_text("This picture is not in the library any more.").wait_for()
    assert desk.saved() == gone + "<p>xy</p>"


def test_a_table_has_a_caption_and_a_head(desk):
    keys = desk.open().at_the_end()
    desk.press("Table")
    desk.dialog.get_by_label("Caption of the table").fill("Votes & more")
    desk.dialog.get_by_label("Rows").fill("2")
    desk.dialog.get_by_role("button", name="Apply").click()
    for words in ("For", "Against", "30", "9"):
        keys.type(words)
        keys.press("Tab")
    desk.press("Delete the row")
    assert desk.saved() == (
        '<table><caption>Votes &amp; more</caption><thead><tr><th scope="col">For</th>'
        '<th scope="col">Against</th></tr></thead><tbody><tr><td>30</td><td>9</td></tr></tbody></table>'
    )


def test_a_link_says_where_it_leads_and_in_which_language(desk):
    keys = desk.open("<p>See</p>").at_the_end()
    keys.type(" ")
    desk.press("Link")
    desk.dialog.get_by_label("Address").fill("www.ohchr.org/fr")
    desk.dialog.get_by_label("Language of the linked page").select_option("fr")
    desk.dialog.get_by_label("Words to show").fill("le bureau")
    desk.dialog.get_by_role("button", name="Apply").click()
    keys.type(" now")
    assert desk.saved() == (
        '<p>See <a href="https://www.ohchr.org/fr" hreflang="fr">le bureau</a> now</p>'
    )


def test_an_address_that_runs_a_script_is_refused_in_words(desk):
    desk.open("<p>x</p>").at_the_end()
    desk.press("Link")
    desk.dialog.get_by_label("Address").fill("javascript:alert(1)")
    desk.dialog.get_by_label("Words to show").fill("x")
    desk.dialog.get_by_role("button", name="Apply").click()
    assert "An address begins with https://" in desk.dialog.inner_text()
    desk.page.keyboard.press("Escape")
    assert desk.saved() == "<p>x</p>"


def test_a_symbol_typed_over_leads_where_its_words_say(desk):
    desk.open("<p>A/RES/60/173</p>").at_the_end().press("Backspace")
    Keys(desk.page).type("4")
    assert 'href="https://docs.un.org/en/A/RES/60/174">A/RES/60/174</a>' in desk.saved()


def test_words_are_marked_as_korean(desk):
    desk.open("<p>인권</p>").text.focus()
    desk.page.keyboard.press("Control+a")
    desk.press("Language")
    desk.dialog.get_by_role("button", name="Apply").click()
    assert desk.saved() == '<p><span lang="ko">인권</span></p>'


def paste(desk, html: str) -> None:
    desk.text.evaluate(
        """(text, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }))
        }""",
        html,
    )


def test_what_is_pasted_brings_words_and_nothing_that_runs(desk):
    desk.open().at_the_end()
    paste(
        desk,
        """<div style="color:red" onclick="stop()"><script>stop()</script><h1 class="Mso">Title</h1>
        <p style="mso-list:x">Words <font color="red">red</font> <img src="x" onerror='stop()'>
        <a href="javascript:stop()">run</a></p></div>""",
    )
    assert desk.saved() == "<p>Title</p><p>Words red run</p>"


def test_weight_and_stress_survive_a_paste_from_a_word_processor(desk):
    desk.open().at_the_end()
    paste(
        desk,
        """<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="color:#000">plain </span>
        <span style="font-weight:700">bold</span> <span style="font-style: italic">stress</span></p></b>""",
    )
    assert desk.saved() == "<p>plain <strong>bold</strong> <em>stress</em></p>"


def test_the_toolbar_is_one_stop_and_the_arrow_keys_go_through_it(desk):
    desk.open()
    bar = desk.page.get_by_role("toolbar", name="Text tools")
    assert bar.locator("[tabindex='0']").count() == 1
    bar.get_by_role("button", name="Heading", exact=True).focus()
    for key, label in (("ArrowRight", "Subheading"), ("ArrowLeft", "Heading"), ("End", "Redo")):
        desk.page.keyboard.press(key)
        assert desk.page.evaluate("document.activeElement.textContent") == label
    assert bar.locator("[tabindex='0']").count() == 1


def test_the_editor_has_the_name_and_the_help_of_its_field(desk):
    desk.open()
    assert desk.page.get_by_role("textbox", name="Text:").is_visible()
    desk.page.locator("label", has_text="Text:").click()
    Keys(desk.page).type("typed")
    assert desk.saved() == "<p>typed</p>"


def test_the_editor_fits_a_telephone(desk):
    desk.page.set_viewport_size({"width": 390, "height": 800})
    desk.open(clean("".join(STORED.values())))
    assert not is_wider_than_its_window(desk.page)
    small = desk.page.evaluate(
        """[...document.querySelectorAll(".richtext button")]
           .filter((b) => b.checkVisibility() && b.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0


def test_without_script_the_html_is_edited_and_saved(chromium, desk):
    desk.open("<p>Before</p>")
    context = chromium.new_context(java_script_enabled=False, base_url=desk.page.url)
    context.add_cookies(desk.page.context.cookies())
    plain_page = context.new_page()
    plain_page.goto(desk.page.url)
    plain_page.locator("textarea[name=body]").fill("<p>After <script>x</script>A/RES/60/173</p>")
    with plain_page.expect_navigation():
        plain_page.locator("input[name=_continue]").click()
    desk.record.refresh_from_db()
    context.close()
    assert desk.record.body == clean("<p>After A/RES/60/173</p>")
