"""What a symbol or a date was understood to mean, said while an editor types."""

import pytest
from playwright.sync_api import expect

SYMBOL, DATE = "/admin/understood/symbol", "/admin/understood/date"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "text", "said"),
    [
        (
            SYMBOL,
            "a/hrc/res/22/13",
            {"understood": "Human Rights Council: resolution, session 22, number 13"},
        ),
        (
            SYMBOL,
            "AHRC/25/63",
            {"wrong": "“AHRC/25/63” is not a UN document symbol. Did you mean A/HRC/25/63?"},
        ),
        (
            DATE,
            "2013-02",
            {"understood": "Understood as: February 2013 (2013-02-01 – 2013-02-28)"},
        ),
        (
            DATE,
            "2013-02-30",
            {
                "wrong": "This month has 28 days. Write a day from 2013-02-01 to 2013-02-28, "
                "or 2013-02 alone if the day is not known."
            },
        ),
        (SYMBOL, "", {"understood": ""}),
        (DATE, "", {"understood": ""}),
    ],
)
def test_staff_are_told_what_was_understood_or_what_is_wrong(admin_client, address, text, said):
    answer = admin_client.get(address, {"text": text})
    assert answer.json() == said
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [SYMBOL, DATE])
def test_junk_is_answered_in_words(admin_client, address):
    for junk in ("\x00", "x" * 100_000, "%", "😀", "<script>"):
        assert set(admin_client.get(address, {"text": junk}).json()) == {"wrong"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [SYMBOL, DATE])
def test_only_staff_ask_and_nobody_changes_anything(client, admin_client, address):
    assert client.get(address, {"text": "2013"}).status_code == 403
    assert admin_client.post(address).status_code == 405


@pytest.mark.browser
def test_it_is_said_while_an_editor_types_also_in_a_row_just_added(staff_page):
    page = staff_page
    page.goto("/admin/milestones/milestone/add/")
    page.locator("#id_date").press_sequentially("2013-0")
    page.locator("#id_date").press_sequentially("3")
    expect(page.locator("#id_date_understood")).to_contain_text("March 2013")
    page.locator("#symbols-group .add-row a").click()
    page.fill("#id_symbols-0-symbol", "AHRC/25/63")
    expect(page.locator("#id_symbols-0-symbol_understood")).to_have_count(0)
    page.locator("#id_symbols-0-symbol").blur()
    expect(page.locator("#id_symbols-0-symbol_understood")).to_contain_text("Did you mean")
    page.fill("#id_symbols-0-symbol", "A/HRC/25/63")
    expect(page.locator("#id_symbols-0-symbol_understood")).to_have_text(
        "Human Rights Council: document, session 25, number 63"
    )
    described = page.locator("#id_symbols-0-symbol").get_attribute("aria-describedby")
    assert "id_symbols-0-symbol_understood" in described
