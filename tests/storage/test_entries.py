import pytest

from desktop.domain.ancestry import Span
from desktop.domain.entry import Kind, Part, SignedEntry
from desktop.storage.entries import (
    active_voids,
    add_entries,
    disputed_records,
    entry_event,
    foreign_hashes,
    load_ancestry,
    load_facts,
    load_log,
    load_logs,
    load_stream,
    logs_of_unknown,
    records_in_spans,
    stream_end,
    voids_lifted_by,
)
from tests.domain.pen import ANNA, BERT, OFFICE, PHOTO, SITE, VISIT, Pen, seen
from tests.storage.databases import make_database, merge

PARTS = {"header": {"remark": "一"}, "answer/1": {"facts": "二"}}


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "w.db")
    yield db
    db.close()


def withheld(signed, *names):
    return SignedEntry(signed.data, signed.entry, {**signed.parts, **dict.fromkeys(names, Part(b"", None))})


def test_the_log_of_a_record_is_at_hand_when_all_of_it_came_at_once(db):
    pen = Pen(ANNA)
    first, second = pen.visit(PARTS, home=OFFICE), pen.photo({"note": {}})
    later, other = pen.visit(PARTS), pen.write(SITE, "site", {"facts": {}}, home=OFFICE)
    merge(db, first)

    added = add_entries(db, [second, later, other, pen.visit({}, kind=Kind.LOG)])

    assert logs_of_unknown(db, added.new) == {PHOTO: [second], SITE: [other]}


def test_entries_come_back_with_their_bytes_and_parts(db):
    pen = Pen(ANNA)
    entries = [pen.visit(PARTS, home=OFFICE), pen.photo({"note": {}}), pen.visit({}, kind=Kind.LOG)]

    added = add_entries(db, entries)

    assert added.new == tuple(entries)
    assert list(load_stream(db, pen.author.stream)) == entries
    assert list(load_stream(db, pen.author.stream, after=2)) == entries[2:]
    assert [signed.entry.hash for signed in load_stream(db, pen.author.stream)] == [
        signed.entry.hash for signed in entries
    ]


def test_a_known_entry_is_counted_and_not_stored_again(db):
    signed = Pen(ANNA).visit(PARTS)
    add_entries(db, [signed])

    added = add_entries(db, [signed, signed])

    assert (added.new, added.known, added.completed, added.forked) == ((), 1, (), frozenset())
    assert load_log(db, VISIT) == [signed]


def test_logs_are_read_by_record_without_what_only_stands_in_the_log(db):
    pen = Pen(ANNA)
    visit, photo, log = pen.visit(), pen.photo(), pen.visit(kind=Kind.LOG)
    add_entries(db, [visit, photo, log])

    assert load_logs(db, [VISIT, PHOTO, VISIT, SITE]) == {VISIT: [visit], PHOTO: [photo]}
    assert load_log(db, SITE) == []


def test_many_logs_are_read(db):
    pen = Pen(ANNA)
    ids = [f"01900000-0000-7000-8000-{n:012}" for n in range(1200)]
    add_entries(db, [pen.write(record_id, "site") for record_id in ids])

    assert list(load_logs(db, ids)) == ids


def test_the_end_of_a_stream_is_its_highest_number(db):
    pen = Pen(ANNA)
    first, second = pen.visit(), pen.visit()
    add_entries(db, [second, first])

    assert stream_end(db, pen.author.stream) == second.entry
    assert stream_end(db, pen.author.stream).hash == second.entry.hash
    assert stream_end(db, f"{BERT}.{'0' * 16}") is None


def test_a_number_that_stands_for_two_entries_marks_the_stream_once(db):
    pen = Pen(ANNA)
    root = pen.visit()
    twin = pen.fork()
    left, right, further = pen.visit(), twin.visit(PARTS), twin.visit()

    first = add_entries(db, [root, left])
    second = add_entries(db, [right])
    third = add_entries(db, [further, left])

    assert [added.forked for added in (first, second, third)] == [set(), {pen.author.stream}, set()]
    assert load_ancestry(db).forked == {
        pen.author.stream: {s.entry.hash: (s.entry.seq, s.entry.prev) for s in (root, left, right, further)}
    }


def test_a_fork_inside_one_batch_is_noticed(db):
    pen = Pen(ANNA)
    twin = pen.fork()

    added = add_entries(db, [pen.visit(), twin.visit(PARTS)])

    assert added.forked == {pen.author.stream}
    assert len(added.new) == 2


def test_a_withheld_part_is_completed_with_its_salt(db):
    signed = Pen(ANNA).visit(PARTS)
    add_entries(db, [withheld(signed, "header")])

    added = add_entries(db, [signed])

    assert (added.new, added.completed) == ((), (signed,))
    assert load_log(db, VISIT)[0].parts == signed.parts


def test_a_part_that_was_never_sent_is_completed_too(db):
    signed = Pen(ANNA).visit(PARTS)
    add_entries(db, [SignedEntry(signed.data, signed.entry, {})])

    assert load_log(db, VISIT)[0].parts == dict.fromkeys(PARTS, Part(b"", None))
    assert add_entries(db, [signed]).completed == (signed,)
    assert load_log(db, VISIT) == [signed]


def test_withheld_parts_change_nothing_that_is_known(db):
    signed = Pen(ANNA).visit(PARTS)
    add_entries(db, [signed])

    assert add_entries(db, [withheld(signed, "header")]).completed == ()
    assert load_log(db, VISIT) == [signed]


def test_the_parts_of_one_entry_may_come_in_several_packages_at_once(db):
    signed = Pen(ANNA).visit(PARTS)

    add_entries(db, [withheld(signed, "header"), withheld(signed, "answer/1")])

    assert load_log(db, VISIT) == [signed]


def test_a_part_that_the_entry_does_not_name_is_not_stored(db):
    signed = Pen(ANNA).visit()

    add_entries(db, [SignedEntry(signed.data, signed.entry, {"header": Part(b"s" * 16, b"{}")})])

    assert load_log(db, VISIT)[0].parts == {}


def test_facts_are_found_by_their_kind(db):
    office = Pen(OFFICE)
    birth = office.visit(home=OFFICE)
    hold, void = office.speak_of(Kind.HOLD, birth), office.speak_of(Kind.VOID, birth, record_id=None)
    add_entries(db, [birth, hold, void])

    assert load_facts(db, Kind.HOLD) == [hold]
    assert load_facts(db, Kind.VOID, Kind.HOLD) == [hold, void]
    assert disputed_records(db) == {VISIT}


def test_a_void_is_in_force_until_the_same_node_lifts_it(db):
    office, other = Pen(OFFICE), Pen(BERT)
    birth = office.visit(home=OFFICE)
    void = office.speak_of(Kind.VOID, birth, record_id=None)
    spans = {"spans": {"void": void.entry.hash}}
    foreign, own = (pen.write(None, None, spans, kind=Kind.UNVOID) for pen in (other, office))

    add_entries(db, [birth, void])
    before = active_voids(db)
    add_entries(db, [foreign])
    still = active_voids(db)
    add_entries(db, [own])

    assert before == still
    assert [(v.node, v.spans) for v in before] == [
        (OFFICE, (Span(birth.entry.stream, 1, 1, birth.entry.hash),))
    ]
    assert active_voids(db) == []


@pytest.mark.parametrize("parts", [{}, {"spans": {}}, {"spans": {"void": 5}}])
def test_an_unvoid_that_names_nothing_lifts_nothing(parts):
    fact = Pen(OFFICE).write(None, None, parts, kind=Kind.UNVOID)

    assert voids_lifted_by(fact) == []
    assert voids_lifted_by(withheld(fact, *parts)) == []


def test_records_are_found_by_ranges_of_entries(db):
    pen = Pen(ANNA)
    entries = [pen.visit(), pen.photo(), pen.write(SITE, "site"), pen.write(None, None, kind=Kind.LOG)]
    add_entries(db, entries)

    assert records_in_spans(db, [Span(pen.author.stream, 2, 9, "")]) == {PHOTO, SITE}
    assert records_in_spans(db, [Span(f"{BERT}.{'0' * 16}", 1, 9, "")]) == set()


def test_hashes_of_other_nodes_are_listed(db):
    own, foreign = Pen(ANNA).visit(), Pen(BERT).visit()
    add_entries(db, [own, foreign])

    assert list(foreign_hashes(db, ANNA)) == [foreign.entry.hash]


def test_a_log_entry_tells_its_event_unless_it_was_withheld():
    signed = Pen(ANNA).write(None, None, {"event": {"event": "exported"}}, kind=Kind.LOG)

    assert entry_event(signed) == {"event": "exported"}
    assert entry_event(withheld(signed, "event")) == {}
    assert entry_event(Pen(ANNA).visit()) == {}


def test_nothing_stays_of_a_batch_whose_transaction_is_undone(db):
    signed = Pen(ANNA).visit(PARTS, home=OFFICE)

    def break_off():
        with db.atomic():
            add_entries(db, [signed])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert load_log(db, VISIT) == []
    assert merge(db, signed).new == (signed,)
    assert seen(signed) == {signed.entry.stream: ((1, signed.entry.hash),)}
