"""The rules, one by one, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.hits.counter import begins_at_the_first_byte, is_counted, is_double_click, is_robot

from .conftest import FIREFOX, SAFARI, environ

ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
    "Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "curl/8.5.0",
    "python-requests/2.31.0",
    "",
]
READERS = [
    FIREFOX,
    SAFARI,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0"
    " Chrome/121.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; SM-S901N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 KAKAOTALK 2410430",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.91"
    " Mobile Safari/537.36",
]


@pytest.mark.parametrize("agent", ROBOTS)
def test_a_robot_of_the_list_is_known_as_one(agent):
    assert is_robot(agent)


@pytest.mark.parametrize("agent", READERS)
def test_a_reader_s_browser_is_no_robot(agent):
    assert not is_robot(agent)


@pytest.mark.parametrize(
    ("status", "counts"), [(200, True), (304, True), (301, False), (404, False), (500, False)]
)
def test_only_success_and_not_modified_count(status, counts):
    assert is_counted(environ(), status) is counts


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "get"])
def test_only_a_get_counts(method):
    assert not is_counted(environ(method=method), 200)


@pytest.mark.parametrize(
    "header",
    [
        {"sec_purpose": "prefetch"},
        {"sec_purpose": "prefetch;prerender"},
        {"sec_purpose": "prefetch;anonymous-client-ip"},
        {"purpose": "prefetch"},
        {"x_purpose": "preview"},
        {"x_moz": "prefetch"},
    ],
)
def test_a_page_fetched_before_anybody_asked_does_not_count(header):
    assert not is_counted(environ(**header), 200)


@pytest.mark.parametrize(
    ("requested", "sent", "begins"),
    [
        ("bytes=0-", "bytes 0-999/1000", True),
        ("bytes=0-65535", "bytes 0-65535/90000", True),
        ("bytes=65536-", "bytes 65536-89999/90000", False),
        ("bytes=10-20", "bytes 10-20/90000", False),
        ("bytes=-2000", "bytes 0-999/1000", True),  # the last 2,000 bytes of 1,000 are all of them
        ("bytes=-500", "bytes 500-999/1000", False),
        ("bytes=0-9, 100-109", "", True),
        ("bytes=100-109, 0-9", "", False),
        ("rubbish", "", False),
    ],
)
def test_a_partial_download_counts_when_it_begins_the_file(requested, sent, begins):
    assert begins_at_the_first_byte(requested, sent) is begins
    assert is_counted(environ(range=requested), 206, sent) is begins


@pytest.mark.parametrize(
    ("later_ms", "same"),
    [(0, True), (29_000, True), (30_000, True), (30_001, False), (35_000, False)],
)
def test_two_clicks_within_thirty_seconds_are_one(later_ms, same):
    assert is_double_click(1_000_000, 1_000_000 + later_ms) is same


def test_a_click_before_the_clock_was_set_back_is_not_repeated_by_one_after():
    assert not is_double_click(3_600_000, 0)


@given(st.text(max_size=600))
def test_no_user_agent_breaks_the_rules(agent):
    assert is_robot(agent) in (True, False)
