"""Other sites may be slow, endless, false or at war with us: a check ends, and asks nobody it must not."""

import gzip
import socket
import ssl
import threading
import time
from contextlib import suppress

import pytest

from advocacy.links.asking import Answer, Web
from advocacy.links.checking import HOPS, Checker
from advocacy.links.guard import Guard
from advocacy.links.pace import Pace
from advocacy.links.trouble import Trouble, Unreachable
from tests.site.tls import certificate

from . import sites
from .sites import AGENT, LONG_S, checker, web

FOREVER = float("inf")


def checked(path, site):
    return checker(site).check(site.url(path), until=FOREVER)


def test_a_page_that_is_there_is_asked_for_without_its_body(site):
    site.pages["/page"] = 200
    found = checked("/page", site)
    assert (found.status, found.trouble, found.redirected_to) == (200, None, "")
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/page")]


def test_sites_are_told_who_asks(site):
    told = []
    site.pages["/page"] = lambda handler: told.append(handler.headers["User-Agent"])
    with pytest.raises(Unreachable):
        web(site).ask("GET", site.url("/page"), until=FOREVER)
    assert told == [AGENT]


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_whoever_does_not_understand_head_is_asked_by_get(site, status):
    def act(handler):
        handler.send_response(200 if handler.command == "GET" else status)
        handler.end_headers()

    site.pages["/page"] = act
    assert checked("/page", site).status == 200


def test_whoever_hangs_up_on_head_is_asked_by_get(site):
    def act(handler):
        if handler.command == "GET":
            handler.send_response(200)
            handler.end_headers()

    site.pages["/page"] = act
    assert checked("/page", site).status == 200


def test_whoever_is_asked_too_often_is_not_asked_again_at_once(site):
    site.pages["/page"] = 429
    assert checked("/page", site).status == 429
    assert site.asked[1:] == [("HEAD", "/page")]


def test_redirects_are_followed_and_written_down(site):
    site.leads("/old", "/new")
    site.leads("/new", "/newest", 308)
    site.pages["/newest"] = 200
    found = checked("/old", site)
    assert (found.status, found.redirected_to, found.is_moved) == (200, site.url("/newest"), True)


def test_a_redirect_for_now_is_no_move(site):
    site.leads("/old", "/new", 302)
    site.pages["/new"] = 200
    found = checked("/old", site)
    assert (found.redirected_to, found.is_moved) == (site.url("/new"), False)


def test_hangul_in_a_redirect_is_understood_in_every_way_it_is_sent(site):
    site.leads("/old", "/한".encode().decode("latin-1"))
    site.pages["/%ED%95%9C"] = 200
    assert checked("/old", site).status == 200


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_led_into_this_machine(site, inner, status):
    inner.pages["/secret"] = 200
    site.leads("/page", inner.url("/secret", "127.0.0.1"), status)
    assert checked("/page", site).trouble == Trouble.PRIVATE
    site.leads("/named", inner.url("/secret"), status)
    assert checked("/named", site).trouble == Trouble.PRIVATE
    assert inner.asked == []


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd"]
)
def test_nobody_is_led_into_a_private_network_or_another_kind_of_address(site, to):
    site.leads("/page", to)
    assert checked("/page", site).trouble in (Trouble.PRIVATE, Trouble.ADDRESS)


def test_robots_txt_leads_nobody_into_this_machine_either(site, inner):
    site.leads("/robots.txt", inner.url("/robots.txt", "127.0.0.1"))
    assert checked("/page", site).trouble == Trouble.PRIVATE
    assert inner.asked == []


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(site, inner):
    """A name that answers 127.0.0.1 as soon as it was looked at (DNS rebinding)."""
    answers = iter(["127.0.0.1"])
    guard = Guard(frozenset([("127.0.0.1", site.port)]), lambda host, port: [next(answers)])
    site.pages["/page"] = 200
    answer = Web(AGENT, guard).ask("GET", site.url("/page", "turning.example"), until=FOREVER)
    assert answer.status == 200
    assert site.hosts == [f"turning.example:{site.port}"]
    assert next(answers, None) is None  # asked for once


def test_a_name_is_looked_at_again_after_each_redirect(site):
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])  # robots.txt, the page, what it leads to
    guard = Guard(frozenset([("127.0.0.1", site.port)]), lambda host, port: [next(answers)])
    site.leads("/page", "/next")
    turning = Checker(Web(AGENT, guard), Pace(0.0))
    found = turning.check(site.url("/page", "turning.example"), until=FOREVER)
    assert found.trouble == Trouble.PRIVATE
    assert ("HEAD", "/next") not in site.asked


def test_a_host_that_nobody_knows_is_told(site):
    found = checker(site).check("http://nowhere.invalid/", until=FOREVER)
    assert found.trouble == Trouble.UNKNOWN_HOST


def test_a_loop_ends(site):
    site.leads("/a", "/b", 302)
    site.leads("/b", "/a", 302)
    assert checked("/a", site).trouble == Trouble.LOOP


def test_redirects_without_end_end(site):
    for number in range(50):
        site.leads(f"/{number}", f"/{number + 1}")
    assert checked("/0", site).trouble == Trouble.LOOP
    assert len([path for method, path in site.asked if method == "HEAD"]) == HOPS + 1


def drip(handler, head: bytes = b"HTTP/1.1 200 OK\r\n") -> None:
    """A byte now and then, for ever."""
    handler.wfile.write(head)
    with suppress(OSError):
        while True:
            handler.wfile.write(b"X")
            time.sleep(0.02)


def test_an_answer_that_drips_for_ever_is_cut_off(site):
    site.pages["/page"] = drip
    with pytest.raises(Unreachable) as cut:
        web(site, patience_s=0.3).ask("GET", site.url("/page"), until=FOREVER)
    assert cut.value.trouble == Trouble.NO_ANSWER


def test_a_body_that_drips_for_ever_is_cut_off(site):
    site.pages["/page"] = lambda handler: drip(handler, b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(Unreachable) as cut:
        web(site, patience_s=0.3).ask("GET", site.url("/page"), until=FOREVER, limit=1_000_000)
    assert cut.value.trouble == Trouble.NO_ANSWER


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whoever_takes_the_connection_and_says_nothing_is_not_waited_for(scheme):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        guard = Guard(frozenset([("127.0.0.1", port)]), lambda host, port: ["127.0.0.1"])
        with pytest.raises(Unreachable) as cut:
            Web(AGENT, guard, 0.3).ask("GET", f"{scheme}://silent.example:{port}/", until=FOREVER)
    assert cut.value.trouble == Trouble.NO_ANSWER


def asked_by_tls(tmp_path, host: str, trusts: bool) -> Answer:
    ours = certificate(tmp_path)
    from_us, theirs = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(ours)
    if trusts:
        from_us.load_verify_locations(ours)
    with sites.site() as one:
        one.pages["/page"] = 200
        one.server.socket = theirs.wrap_socket(one.server.socket, server_side=True)
        guard = Guard(frozenset([("127.0.0.1", one.port)]), lambda host, port: ["127.0.0.1"])
        secure = Web(AGENT, guard, LONG_S, from_us)
        return secure.ask("GET", f"https://{host}:{one.port}/page", until=FOREVER)


def test_a_site_is_asked_by_tls_under_its_name(tmp_path):
    assert asked_by_tls(tmp_path, "localhost", trusts=True).status == 200


@pytest.mark.parametrize(("host", "trusts"), [("localhost", False), ("other.example", True)])
def test_a_certificate_that_nobody_vouches_for_or_of_another_site_is_told(tmp_path, host, trusts):
    with pytest.raises(Unreachable) as refused:
        asked_by_tls(tmp_path, host, trusts)
    assert refused.value.trouble == Trouble.CERTIFICATE


def test_a_body_without_end_is_read_as_far_as_asked(site):
    def act(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.pages["/page"] = act
    answer = web(site).ask("GET", site.url("/page"), until=FOREVER, limit=1000)
    assert answer.body == b"x" * 1000


def test_a_bomb_is_never_unpacked(site):
    bomb = gzip.compress(bytes(50_000_000))
    site.says("/page", bomb, Content_Encoding="gzip")
    answer = web(site).ask("GET", site.url("/page"), until=FOREVER, limit=1000)
    assert answer.body == bomb[:1000]


@pytest.mark.parametrize(
    "said",
    [
        *(b"\x16\x03\x01 nonsense\r\n\r\n", b"HTTP/9.9 many\r\n\r\n"),
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500,
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000,
    ],
    ids=["not HTTP", "another version", "too many headers", "too long a header"],
)
def test_an_answer_that_is_not_http_is_told(site, said):
    site.pages["/page"] = lambda handler: handler.wfile.write(said)
    with pytest.raises(Unreachable) as refused:
        web(site).ask("GET", site.url("/page"), until=FOREVER)
    assert refused.value.trouble in (Trouble.NONSENSE, Trouble.NO_ANSWER)


# --- robots.txt -----------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_not_asked_for(site):
    site.pages["/open"] = site.pages["/closed/page"] = 200
    site.says("/robots.txt", b"User-agent: *\nDisallow: /closed/\n")
    polite = checker(site)
    assert polite.check(site.url("/closed/page"), until=FOREVER).trouble == Trouble.ROBOTS
    assert polite.check(site.url("/open"), until=FOREVER).status == 200
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/open")]


def test_what_is_said_to_us_by_name_goes_before_what_is_said_to_all(site):
    site.pages["/page"] = 200
    site.says("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: NKHR-links\nDisallow:\n")
    assert checked("/page", site).status == 200


def test_a_site_that_cannot_say_what_it_lets_us_do_is_not_asked(site):
    site.pages["/robots.txt"], site.pages["/page"] = 503, 200
    polite = checker(site)
    assert polite.check(site.url("/page"), until=FOREVER).trouble == Trouble.ROBOTS
    assert polite.check(site.url("/other"), until=FOREVER).trouble == Trouble.ROBOTS
    assert site.asked == [("GET", "/robots.txt")]


def test_of_endless_rules_the_beginning_is_read(site):
    def act(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /closed\n")
        while True:
            handler.wfile.write(b"# \xff\n" * 10_000)

    site.pages["/robots.txt"], site.pages["/page"] = act, 200
    assert checked("/page", site).status == 200
    assert checked("/closed", site).trouble == Trouble.ROBOTS


def test_a_site_that_wants_pauses_longer_than_we_can_make_is_not_asked(site):
    site.pages["/page"] = 200
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 3600\n")
    assert checked("/page", site).trouble == Trouble.ROBOTS


# --- Pace -----------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.at = time.monotonic()  # which requests go by
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def pace(self, pause_s: float = 2.0) -> Pace:
        return Pace(pause_s, clock=self.now, sleep=self.sleep)


def test_one_host_is_asked_once_in_a_while_and_another_meanwhile():
    clock = Clock()
    pace = clock.pace()
    for host in ("a", "b", "a", "a"):
        pace.wait(host, until=FOREVER)
    assert clock.slept == pytest.approx([2.0, 2.0])


def test_the_pause_that_a_site_asks_for_is_made(site):
    clock = Clock()
    site.pages["/page"] = 200
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 20\n")
    polite = Checker(web(site), clock.pace(), clock=clock.now)
    for _time in range(2):
        assert polite.check(site.url("/page"), until=FOREVER).status == 200
    assert clock.slept == pytest.approx([2.0, 20.0])


def test_threads_that_ask_one_host_take_turns():
    waited: list[float] = []
    pace = Pace(2.0, clock=lambda: 0.0, sleep=waited.append)
    threads = [
        threading.Thread(target=pace.wait, args=["a"], kwargs={"until": FOREVER}) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waited) == [2.0 * number for number in range(1, 8)]
