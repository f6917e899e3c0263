"""How two texts differ: what is compared, and that neither text is lost in the comparison."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from advocacy.publishing import differing
from advocacy.publishing.differing import blocks, matching
from advocacy.publishing.differing.blocks import Kind
from advocacy.publishing.differing.words import Sort
from advocacy.publishing.richtext import clean

from .bodies import bodies, words_of

FIGURE = "00000000-0000-4000-8000-000000000001"


def of_html(before: str, after: str) -> differing.Difference:
    return differing.of_html(clean(before), clean(after))


def table(difference: differing.Difference, **options):
    options = {"left": "Before", "right": "After", "caption": "Text", "context": None, **options}
    return lxml_html.fragment_fromstring(difference.table(**options))


def marked(difference: differing.Difference) -> tuple[list[str], list[str]]:
    """What is struck out and what is marked as new, as it is seen."""
    tree = table(difference)
    return _seen(tree, "del"), _seen(tree, "ins")


def _seen(tree, tag: str) -> list[str]:
    found = []
    for node in tree.iter(tag):
        for hidden in node.find_class("visually-hidden"):
            hidden.text = ""
        found.append(" ".join(node.text_content().split()))
    return found


def side(difference: differing.Difference, which: str) -> list:
    sides = [getattr(row, which) for row in difference.rows]
    return [word for one in sides if one for run in one.runs for word in run.words]


# Nothing is lost


@given(bodies)
def test_every_word_of_a_body_is_compared(body):
    said = [word for block in blocks.of_html(body) for word in block.words]
    kinds = (Sort.WORD,)
    assert sorted(word.text for word in said if word.sort in kinds) == words_of(body)


@given(bodies, bodies)
def test_each_side_tells_its_own_text_whole_and_in_order(before, after):
    difference = differing.of_html(before, after)
    for which, body in (("left", before), ("right", after)):
        whole = [word for block in blocks.of_html(body) for word in block.words]
        assert side(difference, which) == whole


@given(bodies, bodies)
def test_without_what_is_marked_both_sides_say_the_same(before, after):
    for row in differing.of_html(before, after).rows:
        if row.left and row.right:
            kept = [
                [word.said for run in one.runs if not run.is_changed for word in run.words]
                for one in row[:2]
            ]
            assert kept[0] == kept[1]
        else:
            assert all(run.is_changed for one in row if one for run in one.runs)


@given(bodies)
def test_a_text_does_not_differ_from_itself(body):
    difference = differing.of_html(body, body)
    assert difference.is_same
    assert difference.is_same_in_words
    assert "<ins>" not in difference.table(left="", right="", caption="")


@given(bodies, bodies)
def test_the_table_strikes_out_what_only_the_left_has_and_marks_what_only_the_right_has(
    before, after
):
    tree = table(differing.of_html(before, after))
    for column in tree.iter("td"):
        assert not (column.get("class", "").startswith("del") and list(column.iter("ins")))
        assert not (column.get("class", "").startswith("ins") and list(column.iter("del")))


@given(st.text(), st.text())
def test_any_text_can_be_compared_and_is_escaped(before, after):
    shown = differing.of_plain(before, after).table(left="", right="", caption="", context=None)
    tags = set(re.findall(r"</?([a-z]+)", shown))
    assert tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "span", "del", "ins"}


@given(st.text(), st.text())
def test_any_html_can_be_compared(before, after):
    differing.of_html(before, after).table(left="", right="", caption="")


def test_markup_that_was_typed_into_a_plain_text_stays_text():
    shown = differing.of_plain("", "<script>alert(1)</script>").table(left="", right="", caption="")
    assert "<script" not in shown
    assert "&lt;" in shown


# Words, not tags


def test_one_word_in_a_sentence_is_marked_and_nothing_else():
    gone, new = marked(
        of_html(
            "<p>The Council adopted a resolution.</p>", "<p>The Council rejected a resolution.</p>"
        )
    )
    assert (gone, new) == (["adopted"], ["rejected"])


def test_a_korean_word_changes_without_the_sign_that_follows_it():
    gone, new = marked(
        of_html("<p>북한의 인권, 그리고 납치</p>", "<p>북한의 인권을, 그리고 납치</p>")
    )
    assert (gone, new) == (["인권"], ["인권을"])


def test_a_space_between_two_korean_words_is_a_change():
    assert marked(of_html("<p>유엔 인권 이사회는</p>", "<p>유엔 인권이사회는</p>")) == (
        ["인권 이사회는"],
        ["인권이사회는"],
    )


def test_hangul_in_pieces_is_the_same_as_hangul():
    assert of_html("<p>\u1112\u1161\u11ab글</p>", "<p>한글</p>").is_same_in_words


@pytest.mark.parametrize(
    "after",
    [
        "<p>The <strong>Human Rights</strong> Council met.</p>",
        "<p>The Human <em>Rig</em>hts Council met.</p>",
        '<p>The <span lang="en">Human</span> Rights Council met.</p>',
    ],
)
def test_emphasis_and_language_marks_are_no_words(after):
    difference = of_html("<p>The Human Rights Council met.</p>", after)
    assert difference.is_same_in_words
    assert not difference.is_same


def test_a_symbol_that_became_a_link_is_the_same_word():
    assert differing.of_html(
        "<p>See A/HRC/25/63.</p>", clean("<p>See A/HRC/25/63.</p>")
    ).is_same_in_words


def test_a_link_that_leads_elsewhere_is_a_change_and_says_where():
    before = '<p>Read <a href="https://example.org/a">the report</a> here.</p>'
    gone, new = marked(of_html(before, before.replace("/a", "/b")))
    assert gone == ["(→ https://example.org/a)"]
    assert new == ["(→ https://example.org/b)"]


def test_where_a_link_leads_is_not_told_while_it_stays():
    link = '<p>Read <a href="https://example.org/a">the report</a> {}.</p>'
    shown = table(of_html(link.format("today"), link.format("now"))).text_content()
    assert "example.org" not in shown


def test_a_link_or_a_note_in_the_middle_of_a_korean_word_does_not_part_it():
    plain = "<p>북한의 인권을 말한다</p>"
    linked = '<p><a href="https://example.org/">북한</a>의 인권<span data-note="각주"></span>을 말한다</p>'
    gone, new = marked(of_html(plain, linked))
    assert gone == []
    assert new == ["(→ https://example.org/)", "[Footnote: 각주]"]


def test_the_words_of_a_footnote_are_compared():
    note = '<p>Adopted<span data-note="By {} votes"></span> in March.</p>'
    assert marked(of_html(note.format(111), note.format(112))) == (["111"], ["112"])


def test_a_picture_is_called_by_its_name():
    figure = f'<figure data-attachment="{FIGURE}"><figcaption>The hall</figcaption></figure>'
    difference = of_html("<p>Words</p>", f"<p>Words</p>{figure}")
    shown = difference.table(left="", right="", caption="", pictures={FIGURE: "Palais des Nations"})
    assert "[Picture: Palais des Nations]" in shown
    assert "The hall" in shown


# Structure


def test_headings_lists_tables_and_quotations_keep_their_kind():
    body = clean(
        "<h2>One</h2><p>Two</p><ul><li><p>Three</p><ol><li><p>Four</p></li></ol></li></ul>"
        "<blockquote><p>Five</p><footer>Six</footer></blockquote><hr>"
        "<table><caption>Seven</caption><tbody><tr><th>Eight</th><td><p>Nine</p><p>Ten</p></td></tr></tbody></table>"
    )
    assert [(b.kind, b.depth, " ".join(w.text for w in b.words)) for b in blocks.of_html(body)] == [
        (Kind.HEADING, 2, "One"),
        (Kind.PARAGRAPH, 0, "Two"),
        (Kind.ITEM, 1, "Three"),
        (Kind.NUMBERED, 2, "Four"),
        (Kind.QUOTATION, 0, "Five"),
        (Kind.SOURCE, 0, "Six"),
        (Kind.LINE, 0, ""),
        (Kind.CAPTION, 0, "Seven"),
        (Kind.ROW, 0, "Eight | Nine Ten"),
    ]


def test_a_paragraph_that_became_a_heading_is_a_change():
    difference = of_html("<p>What was said</p>", "<h2>What was said</h2>")
    assert not difference.is_same_in_words
    [row] = difference.rows
    assert [one.block.kind for one in row] == [Kind.PARAGRAPH, Kind.HEADING]
    assert "Heading" in table(difference).text_content()


def test_a_new_paragraph_stands_alone_and_moves_no_other():
    before = "<p>First of all.</p><p>Last of all.</p>"
    difference = of_html(before, before.replace("</p><p>", "</p><p>Between the two.</p><p>"))
    assert [row.is_same for row in difference.rows] == [True, False, True]
    assert difference.rows[1].left is None


def test_a_paragraph_that_was_changed_stands_beside_what_it_was():
    difference = of_html(
        "<p>Of the first one there is this to say.</p><p>Then a second, quite different.</p>",
        "<p>New on top, and unlike all the rest of it.</p>"
        "<p>Of the first one there is that to say.</p><p>Then a third, quite different.</p>",
    )
    assert [(bool(row.left), bool(row.right)) for row in difference.rows] == [
        (False, True),
        (True, True),
        (True, True),
    ]


def test_paragraphs_that_share_no_thought_are_not_compared_word_by_word():
    gone, new = marked(
        of_html(
            "<p>The prisoners were released in spring.</p>", "<p>A vote was taken, in Geneva.</p>"
        )
    )
    assert gone == ["The prisoners were released in spring."]
    assert new == ["A vote was taken, in Geneva."]


def test_a_comma_between_two_changes_is_no_island():
    gone, new = marked(
        of_html("<p>We met in Bern, Basel and Genf</p>", "<p>We met in Rome, Milan and Genf</p>")
    )
    assert (gone, new) == (["Bern, Basel"], ["Rome, Milan"])


# What is shown


def test_colour_is_not_the_only_sign_of_a_change():
    tree = table(of_html("<p>The old word here.</p>", "<p>The new word here.</p>"))
    assert [node.text_content() for node in tree.iter("del")] == ["[removed: old]"]
    assert [node.text_content() for node in tree.iter("ins")] == ["[added: new]"]


def test_the_signs_are_heard_in_korean():
    with translation.override("ko"):
        said = table(of_html("<p>하나 둘 셋</p>", "<p>하나 넷 셋</p>")).text_content()
    assert "삭제" in said
    assert "추가" in said


def test_passages_far_from_a_change_are_counted_not_shown():
    paragraphs = [f"<p>Paragraph {n} says this.</p>" for n in range(9)]
    changed = [*paragraphs[:4], "<p>Paragraph 4 says that.</p>", *paragraphs[5:]]
    tree = table(of_html("".join(paragraphs), "".join(changed)), context=1)
    said = [" ".join(row.text_content().split()) for row in tree.find("tbody")]
    assert said[0] == "… 3 passages without a change …"
    assert said[1] == "Paragraph 3 says this."
    assert said[3] == "Paragraph 5 says this."
    assert said[4] == "… 3 passages without a change …"


# Bounds


def test_very_many_paragraphs_are_paired_in_order_without_weighing_each_against_each(monkeypatch):
    monkeypatch.setattr(matching, "MOST_PAIRS", 3)
    before = "".join(f"<p>old {n} word</p>" for n in range(4))
    after = "".join(f"<p>new {n} word</p>" for n in range(4))
    assert all(row.left and row.right for row in of_html(before, after).rows)
