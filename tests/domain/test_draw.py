import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.draw import Candidate, Lot, Place, draw, population_hash, ticket
from desktop.domain.draw_record import (
    Redrawn,
    UnreadableDrawError,
    decode_draw,
    encode_draw,
    is_same_person,
    make_draw,
    record_hash,
    redraw,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
IDS = st.text("0123456789abcdef-", min_size=1, max_size=12)
LOTS = st.builds(Lot, IDS, NAMES)
SITES = st.lists(LOTS, max_size=4, unique_by=lambda lot: lot.id).map(tuple)
POPULATIONS = st.lists(st.builds(Candidate, IDS, NAMES, SITES), max_size=12, unique_by=lambda unit: unit.id)
SEEDS = st.binary(min_size=16, max_size=16).map(bytes.hex)

UNITS = (
    Candidate("u1", "甲局", (Lot("s1", "甲一"), Lot("s2", "甲二"))),
    Candidate("u2", "乙局"),
    Candidate("u3", "丙局", (Lot("s3", "丙一"),)),
    Candidate("u4", "丁局"),
)


def drawn(population=UNITS, count=2, seed="5eed" * 8, witness="李四"):
    by = Lot("person-1", "张三")
    return make_draw(tuple(population), count, seed, at="2026-11-20T09:30:00+08:00", by=by, witness=witness)


@given(POPULATIONS, st.integers(0, 20), SEEDS)
def test_what_was_drawn_comes_out_again_whatever_the_units_and_the_seed(population, count, seed):
    record = decode_draw(encode_draw(drawn(population, count, seed)))

    assert redraw(record) is Redrawn.SAME
    assert len({place.unit for place in record.result}) == min(count, len(population))
    sites = {unit.id: {site.id for site in unit.sites} or {""} for unit in population}
    assert all(place.site in sites[place.unit] for place in record.result)


@given(POPULATIONS, st.integers(0, 20), SEEDS, st.randoms())
def test_the_order_of_the_units_does_not_matter(population, count, seed, random):
    shuffled = [replace(unit, sites=tuple(random.sample(unit.sites, len(unit.sites)))) for unit in population]
    random.shuffle(shuffled)

    assert draw(shuffled, count, seed) == draw(population, count, seed)
    assert population_hash(shuffled) == population_hash(population)
    assert encode_draw(drawn(shuffled, count, seed)) == encode_draw(drawn(population, count, seed))


@given(POPULATIONS.filter(bool), SEEDS, st.data())
def test_a_population_that_was_changed_is_noticed(population, seed, data):
    record = drawn(population, 3, seed)
    number = data.draw(st.integers(0, len(population) - 1))
    unit = record.population[number]
    others = (*record.population[:number], *record.population[number + 1 :])
    changed = data.draw(
        st.sampled_from(
            [
                others,
                (*record.population, Candidate("another", "后加的")),
                (*others, replace(unit, name=unit.name + "分局")),
                (*others, replace(unit, id=unit.id + "x")),
                (*others, replace(unit, sites=(*unit.sites, Lot("another", "后加的")))),
            ]
        )
    )

    assert redraw(replace(record, population=changed)) is Redrawn.OTHER_POPULATION


@given(POPULATIONS.filter(lambda units: len(units) > 1), SEEDS)
def test_fewer_are_the_first_of_more(population, seed):
    """So a further draw with the same seed would only go on where this one ended."""
    everything = draw(population, len(population), seed)

    assert all(draw(population, count, seed) == everything[:count] for count in range(len(population)))


def test_every_unit_and_every_site_is_as_likely_as_any_other():
    seen = Counter(place for number in range(4000) for place in draw(UNITS, 2, f"{number:032x}"))

    assert all(1850 < seen[place] < 2150 for place in (Place("u2", ""), Place("u3", "s3"), Place("u4", "")))
    assert all(900 < seen[Place("u1", site)] < 1100 for site in ("s1", "s2"))


def test_a_ticket_is_computed_with_nothing_but_sha256():
    said = b"mingcha-draw-1,5eed,u1,s2"

    assert ticket("5eed", "u1", "s2") == hashlib.sha256(said).hexdigest()
    tickets = {unit.id: ticket("5eed", unit.id) for unit in UNITS}
    assert [place.unit for place in draw(UNITS, 4, "5eed")] == sorted(tickets, key=tickets.__getitem__)


def test_nothing_is_drawn_of_nothing():
    assert draw((), 3, "5eed") == draw(UNITS, 0, "5eed") == draw(UNITS, -1, "5eed") == ()


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"result": (Place("u2", ""), Place("u3", "s3"), Place("u1", "s1"))}, Redrawn.OTHER_RESULT),
        ({"result": ()}, Redrawn.OTHER_RESULT),
        ({"seed": "0" * 32}, Redrawn.OTHER_RESULT),
        ({"count": 3}, Redrawn.OTHER_RESULT),
        ({"population_sha256": "0" * 64}, Redrawn.OTHER_POPULATION),
        ({"algorithm": "mingcha-draw-2"}, Redrawn.UNKNOWN),
        ({"witness": "张 三"}, Redrawn.OWN_WITNESS),
        ({"witness": ""}, Redrawn.SAME),
    ],
)
def test_a_record_that_is_not_what_was_drawn_says_why(changes, outcome):
    assert redraw(replace(drawn(), **changes)) is outcome


def test_nobody_is_the_witness_of_his_own_draw():
    assert is_same_person(" Zhang  San ", "zhang san")
    assert not is_same_person("李四", "张三")
    assert not is_same_person("", "张三")
    assert not is_same_person("", "")


def test_the_hash_of_a_record_covers_all_of_it():
    value = encode_draw(drawn())
    others = [value | {name: "other"} for name in value]

    assert len({record_hash(other) for other in (value, *others)}) == len(value) + 1


def test_members_that_came_later_are_skipped():
    assert decode_draw(encode_draw(drawn()) | {"stratum": "县区"}) == drawn()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", None),
        ("count", True),
        ("count", "2"),
        ("population", None),
        ("population", ["u1"]),
        ("population", [{"unit": "u1", "name": "甲局"}]),
        ("population", [{"unit": "u1", "name": "甲局", "sites": [{"site": "s1"}]}]),
        ("population", [{"unit": "u1", "name": "甲局", "sites": []}] * 2),
        ("population", [{"unit": "u1", "name": "甲局", "sites": [{"site": "s1", "name": "甲一"}] * 2}]),
        ("result", {"u1": "s1"}),
        ("result", [{"unit": "u1"}]),
        ("seed", 7),
    ],
)
def test_what_is_no_record_of_a_draw_is_told_from_one_that_is_wrong(name, value):
    with pytest.raises(UnreadableDrawError):
        decode_draw(encode_draw(drawn()) | {name: value})


def test_a_record_is_an_object():
    with pytest.raises(UnreadableDrawError):
        decode_draw([])
