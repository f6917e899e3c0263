"""Each complete record once, whatever is in the way."""

import contextlib
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from advocacy.hits import counts, journal, ledger, records, trouble
from advocacy.hits import fold as folding
from advocacy.hits.counter import Kind
from advocacy.hits.fold import Folded, Folder, fold, run_forever, tick
from advocacy.hits.models import (
    DailyCount,
    DayVisitors,
    Journal,
    RecentClicks,
    Salt,
    Total,
    Trouble,
)
from advocacy.hits.records import Hit
from advocacy.locks import locked

from .conftest import NOON, hit
from .journals import first_record, put

pytestmark = pytest.mark.django_db


def readers(item, number, start=0) -> None:
    for reader in range(start, start + number):
        hit(item, address=f"2001:db8::{reader:x}")


def test_nothing_to_fold_is_no_work(item):
    assert fold() == Folded()
    assert not journal.folder().exists()


def test_folding_twice_counts_once(item):
    readers(item, 5)
    assert fold().records == 5
    assert fold().records == 0
    assert counts.views(item) == 5


def test_an_idle_fold_asks_the_database_nothing(item, django_assert_num_queries):
    readers(item, 2)
    folder = Folder()
    folder.fold()
    with django_assert_num_queries(0):
        assert folder.fold() == Folded()


def test_a_torn_tail_waits_for_its_rest(item):
    readers(item, 2)
    third = records.pack(Hit(Kind.VIEW, item, 9, int(NOON.timestamp() * 1000), 20_000))
    put(third[:17])
    assert fold() == Folded(records=2)
    put(third[17:])
    assert fold() == Folded(records=1)
    assert counts.views(item) == 3


def test_a_torn_record_between_others_costs_only_itself(item):
    readers(item, 2)
    put(first_record()[:11])
    readers(item, 2, start=2)
    assert fold() == Folded(records=2)  # its worker may be at it still
    journal.writer.close()
    folded = fold()
    assert (folded.records, folded.skipped_bytes) == (2, 11)
    assert counts.views(item) == 4


def test_the_torn_tail_of_a_killed_server_is_left_out_and_told_to_staff(item):
    readers(item, 2)
    put(b"\xa2" * 23)
    journal.writer.close()  # as the kernel does with every lock of a killed process
    folded = fold()
    assert (folded.records, folded.skipped_bytes, folded.removed_journals) == (2, 23, 1)
    trouble.tell_staff()
    assert Trouble.objects.get().what == Trouble.What.DAMAGE


def test_a_long_stretch_of_rubbish_is_stepped_over(item):
    readers(item, 3)
    put(b"\xa2" * 1001)
    readers(item, 3, start=3)
    journal.writer.close()
    folded = fold()
    assert (folded.records, folded.skipped_bytes) == (6, 1001)


@pytest.mark.parametrize("at_once", [40, 120, 1000])
@pytest.mark.parametrize("length", [40, 120, 1000])
def test_it_does_not_matter_how_much_is_folded_at_once(item, monkeypatch, length, at_once):
    monkeypatch.setattr(journal, "LENGTH", length)
    monkeypatch.setattr(folding, "AT_ONCE", at_once)
    readers(item, 7)
    readers(item, 3)  # double clicks, in other journals than the first clicks
    assert fold().records == 10
    assert counts.views(item) == 7


def test_a_full_journal_is_followed_by_a_new_one_and_removed_when_folded(item, monkeypatch):
    monkeypatch.setattr(journal, "LENGTH", 80)
    readers(item, 5)
    assert [path.stat().st_size for path in journal.files()] == [80, 80, 80]
    assert fold().removed_journals == 2
    assert len(journal.files()) == 1
    readers(item, 1, start=5)
    fold()
    assert counts.views(item) == 6


def test_an_idle_worker_lets_go_of_its_full_journal(item, monkeypatch):
    monkeypatch.setattr(journal, "LENGTH", 80)
    readers(item, 2)
    assert fold().removed_journals == 0
    tick(Folder(), housekeeping=False)
    assert journal.files() == []


def test_a_removed_journal_that_comes_back_after_a_power_cut_counts_no_second_time(item):
    readers(item, 3)
    (path,) = journal.files()
    content = path.read_bytes()
    journal.writer.close()
    assert fold().removed_journals == 1
    path.write_bytes(content)
    assert fold() == Folded(removed_journals=1)
    assert counts.views(item) == 3


def test_a_journal_cut_short_counts_nothing_twice_and_goes_on(item):
    readers(item, 4)
    fold()
    journal.writer.close()
    (path,) = journal.files()
    with path.open("rb+") as file:
        file.truncate(0)
    fold()
    readers(item, 2, start=4)
    fold()
    assert counts.views(item) == 6
    trouble.tell_staff()
    assert Trouble.objects.filter(what=Trouble.What.DAMAGE).exists()


def test_a_fold_killed_inside_its_transaction_counts_nothing_and_the_next_all(item, monkeypatch):
    readers(item, 4)
    for step in ("_add_new_visitors", "_add", "_remember"):
        with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
            broken.setattr(ledger, step, killed)
            fold()
        for model in (Total, DailyCount, DayVisitors, RecentClicks, Journal):
            assert not model.objects.exists()
    assert fold().records == 4
    assert counts.views(item) == 4


def killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_a_fold_killed_after_its_transaction_leaves_nothing_to_count_again(item, monkeypatch):
    readers(item, 4)
    journal.writer.close()
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(journal, "finish", killed)
        fold()
    assert fold() == Folded(removed_journals=1)
    assert counts.views(item) == 4


def test_one_folder_at_a_time(item):
    readers(item, 1)
    with locked(journal.folder() / "fold.lock", wait=False) as mine:
        assert mine
        assert fold() == Folded(busy=True)
    assert fold().records == 1


def test_two_folders_at_once_count_once_even_without_the_lock(item, monkeypatch):
    readers(item, 3)
    enter = ledger.enter

    def overtaken(*arguments):
        monkeypatch.setattr(ledger, "enter", enter)
        other = Folder()
        assert other._fold_all(journal.files()).records == 3
        return enter(*arguments)

    monkeypatch.setattr(ledger, "enter", overtaken)
    assert fold().records == 0
    assert counts.views(item) == 3


def test_a_locked_database_makes_the_fold_try_again(item, monkeypatch):
    readers(item, 2)

    def locked(*arguments):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "enter", locked)
        assert fold() == Folded(busy=True)
        with pytest.raises(CommandError, match="Nothing is lost"):
            call_command("fold_hits")
    assert fold().records == 2


def test_a_database_that_stays_away_is_told_to_staff_and_loses_nothing(item, monkeypatch):
    readers(item, 2)
    folder = Folder()
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "enter", away)
        for _second in range(folding.PATIENCE):
            assert not trouble._pending
            assert folder.fold().busy
    trouble.tell_staff()
    assert Trouble.objects.get().what == Trouble.What.FOLD
    assert folder.fold().records == 2


def away(*arguments):
    raise OperationalError("could not connect to server")


def test_an_idle_turn_of_the_background_thread_asks_the_database_nothing(
    item, django_assert_num_queries
):
    readers(item, 2)
    folder = Folder()
    tick(folder, housekeeping=True)
    with django_assert_num_queries(0):
        tick(folder, housekeeping=False)


@effort(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("hit"), st.integers(0, 4), st.integers(0, 90)),
            st.tuples(st.sampled_from(["fold", "kill", "torn", "restart"])),
        ),
        max_size=30,
    )
)
def test_no_order_of_hits_folds_kills_and_restarts_changes_the_count(
    item, monkeypatch, tmp_path_factory, steps
):
    """The model: per reader, clicks in order of time, one action unless more than 30 s after the last."""
    clock, expected, last = 0, 0, {}
    with transaction.atomic():
        from django.conf import settings

        settings.VAR_DIR = tmp_path_factory.mktemp("var")
        journal.writer.close()
        for step, *arguments in steps:
            if step == "hit":
                reader, later = arguments
                clock += later
                assert hit(item, clock, address=f"203.0.113.{reader}")
                if reader not in last or clock - last[reader] > 30:
                    expected += 1
                last[reader] = clock
            elif step == "fold":
                fold()
            elif step == "kill":
                with monkeypatch.context() as broken:
                    broken.setattr(ledger, "_remember", killed)
                    with contextlib.suppress(KeyboardInterrupt):
                        fold()
            elif step == "torn" and journal.writer.book:
                put(first_record()[:13])
                journal.writer.close()
            else:
                journal.writer.close()
        journal.writer.close()
        fold()
        assert counts.views(item) == expected
        assert journal.files() == []
        transaction.set_rollback(True)


def test_the_command_says_what_it_did(item, capsys):
    readers(item, 2)
    call_command("fold_hits")
    assert capsys.readouterr().out == "2 records folded, 0 journals removed.\n"


@pytest.mark.django_db(transaction=True)
def test_the_background_thread_folds_tells_trouble_and_stops(item, monkeypatch):
    readers(item, 3)
    trouble.remember(Trouble.What.JOURNAL, "the disk was full")
    Salt.objects.create(day="2020-01-01")
    stop, turned = threading.Event(), threading.Event()

    def turn(*arguments, **options):
        tick(*arguments, **options)
        turned.set()

    monkeypatch.setattr(folding, "tick", turn)
    thread = threading.Thread(target=run_forever, args=(stop, 0.01))
    thread.start()
    assert turned.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert counts.views(item) == 3
    assert Trouble.objects.get().detail == "the disk was full"
    assert not Salt.objects.filter(day="2020-01-01")


def test_the_background_thread_survives_what_fails(monkeypatch):
    stop = threading.Event()
    turns = []

    def fails(*arguments, **options):
        turns.append(len(turns))
        if len(turns) == 3:
            stop.set()
        raise [OSError("unreadable"), OperationalError("away"), ValueError("a bug")][turns[-1]]

    monkeypatch.setattr(folding, "tick", fails)
    monkeypatch.setattr(folding.connections, "close_all", lambda: None)
    monkeypatch.setattr(folding, "close_old_connections", lambda: None)
    run_forever(stop, 0.001)
    assert turns == [0, 1, 2]
    trouble.tell_staff()
    assert Trouble.objects.get(what=Trouble.What.FOLD).times == 3
