"""Records prove themselves, whatever stands between them."""

import struct

from hypothesis import assume, example, given
from hypothesis import strategies as st

from advocacy.hits.counter import Kind
from advocacy.hits.records import CODES, FORMAT, ROBOT, SIZE, Hit, pack, scan, whole_start

hits = st.builds(
    Hit,
    kind=st.sampled_from(Kind),
    item=st.uuids(),
    visitor=st.integers(0, 2**64 - 1),
    at_ms=st.integers(0, 2**42),
    day=st.integers(0, 2**16 - 1),
    robot=st.booleans(),
)
torn = st.binary(max_size=90)


def found(data: bytes) -> list[bytes]:
    runs, _torn = scan(data)
    return [bytes(run[at : at + SIZE]) for run in runs for at in range(0, len(run), SIZE)]


@given(hits)
def test_a_record_is_forty_bytes_and_says_what_was_put_in(hit):
    packed = pack(hit)
    _sum, _version, flags, day, at_ms, item, visitor = FORMAT.unpack(packed)
    assert len(packed) == 40
    assert flags == CODES[hit.kind] | (ROBOT if hit.robot else 0)
    assert (day, at_ms, visitor) == (hit.day, hit.at_ms, hit.visitor)
    assert item == hit.item.bytes


@given(st.lists(st.one_of(hits.map(pack), torn), max_size=12))
@example([b"\xa2" * 41, bytes(40)])
def test_every_whole_record_is_found_between_torn_ones(parts):
    whole = [part for part in parts if len(part) == SIZE and found(part)]
    assert found(b"".join(parts)) == whole


@given(hits, hits, st.integers(1, SIZE - 1))
def test_a_record_cut_short_costs_itself_and_no_other(first, second, length):
    beginning = pack(first)[:length]
    assert found(beginning + pack(second)) == [pack(second)]
    assert scan(beginning + pack(second))[1] == len(beginning.strip(b"\0"))


@given(hits, st.integers(0, SIZE * 8 - 1))
def test_a_single_flipped_bit_is_noticed(hit, bit):
    damaged = bytearray(pack(hit))
    damaged[bit // 8] ^= 1 << bit % 8
    assert found(bytes(damaged)) == []


def test_zeros_left_by_a_power_cut_are_no_records():
    assert scan(bytes(4096)) == ([], 0)


@given(st.lists(hits, min_size=1, max_size=5), st.integers(0, SIZE - 1))
def test_a_torn_tail_is_left_for_the_next_reading(whole, length):
    data = b"".join(map(pack, whole))
    assume(data[:length].ljust(SIZE, b"\0") != data[:SIZE])  # nothing but zeros was missing
    assert whole_start(data + data[:length] + bytes(400)) == data


def test_the_layout_is_the_one_journals_on_disk_have():
    assert struct.calcsize("<IBBHQ16sQ") == SIZE
