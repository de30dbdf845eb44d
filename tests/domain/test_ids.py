import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import RECORD_ID, IdMaker


@given(st.lists(st.integers(0, 2**47), min_size=1, max_size=50))
def test_ids_grow_also_when_the_clock_goes_back_or_stands_still(times):
    clock = iter(times)
    new_id = IdMaker(lambda: next(clock))

    ids = [new_id() for _ in times]

    assert ids == sorted(set(ids))


def test_an_id_is_a_uuid_of_version_7():
    made = uuid.UUID(IdMaker(lambda: 1_700_000_000_000)())

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_700_000_000_000


def test_the_counter_runs_over_into_the_time():
    new_id = IdMaker(lambda: 5, random_bits=lambda _: 0)

    last = [new_id() for _ in range(4097)][-1]

    assert last == "00000000-0006-7000-8000-000000000000"


def test_two_makers_at_one_moment_do_not_meet():
    assert IdMaker(lambda: 5)() != IdMaker(lambda: 5)()


def test_an_id_has_the_form_that_records_are_checked_for():
    assert RECORD_ID.fullmatch(IdMaker(lambda: 2**47)())
    assert not RECORD_ID.fullmatch("01900000-0000-7000-8000-00000000000G")
