import json

import pytest

from desktop.domain.entry import Kind, Part, SignedEntry
from desktop.storage.merge import rebuild, refold_node
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, PHOTO, SITE, VISIT, Pen, custody, seen
from tests.storage.databases import add_node, make_database, merge, rebuilt, rows, state_of

FINDING = {"answer/1": {"facts": "好"}}
OTHER = {"answer/1": {"facts": "坏"}}


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "w.db")
    yield db
    assert state_of(db) == rebuilt(db)
    db.close()


@pytest.fixture
def bare(tmp_path):
    """A database that knows no node yet."""
    db = make_database(tmp_path / "w.db", offices=(), fields=())
    yield db
    assert state_of(db) == rebuilt(db)
    db.close()


def born(*holders):
    office = Pen(OFFICE)
    return office, office.visit({"plan": {"mode": "暗访"}, **custody(*holders)}, home=OFFICE)


def record(db, record_id=VISIT):
    (row,) = [row for row in rows(db, "record") if row["id"] == record_id]
    return row


def paths(merged):
    return merged.fast, merged.folded


def test_new_records_and_the_next_change_take_the_fast_path(db):
    _, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))

    assert paths(merge(db, birth)) == (1, 0)
    assert paths(merge(db, finding)) == (1, 0)


def test_a_merge_says_what_it_did(db):
    _, birth = born(ANNA)
    log = Pen(ANNA).visit({"event": {}}, kind=Kind.LOG)

    merged = merge(db, birth, log)

    assert (merged.new, merged.known, merged.touched, merged.forked) == ((birth, log), 0, {VISIT}, set())
    assert merge(db, birth, log).known == 2
    assert merge(db).touched == set()


def test_several_entries_of_one_record_are_folded(db):
    _, birth = born(ANNA)

    assert paths(merge(db, birth, Pen(ANNA).visit(FINDING, seen(birth)))) == (0, 1)


def test_a_concurrent_change_is_folded_into_a_conflict(db):
    _, birth = born(ANNA, BERT)
    merge(db, birth)
    merge(db, Pen(ANNA).visit(FINDING, seen(birth)))

    assert paths(merge(db, Pen(BERT).visit(OTHER, seen(birth)))) == (0, 1)
    assert [row["part"] for row in rows(db, "conflict")] == ["answer/1"]
    assert record(db)["contested"] == '["answer/1"]'


def test_a_change_of_a_contested_record_is_folded(db):
    office, birth = born(ANNA, BERT)
    good, bad = Pen(ANNA).visit(FINDING, seen(birth)), Pen(BERT).visit(OTHER, seen(birth))
    merge(db, birth, good, bad)

    merged = merge(db, office.visit({"review": {"status": "通过"}}, seen(birth, good, bad)))

    assert paths(merged) == (0, 1)
    assert len(rows(db, "conflict")) == 1


def test_resolving_clears_the_conflict(db):
    office, birth = born(ANNA, BERT)
    good, bad = Pen(ANNA).visit(FINDING, seen(birth)), Pen(BERT).visit(OTHER, seen(birth))
    merge(db, birth, good, bad)

    merge(db, office.resolve(OTHER, seen(birth, good, bad)))

    assert rows(db, "conflict") == []
    assert [row["facts"] for row in rows(db, "answer")] == ["坏"]


def test_a_change_after_a_delete_is_folded(db):
    office, birth = born(ANNA)
    delete = office.visit({}, seen(birth), is_delete=True)
    merge(db, birth)
    merge(db, delete)

    assert paths(merge(db, Pen(ANNA).visit(FINDING, seen(birth, delete)))) == (0, 1)
    assert [row["part"] for row in rows(db, "conflict")] == ["del"]


def test_what_a_stranger_writes_is_folded_and_held(db):
    _, birth = born(ANNA)
    foreign = Pen(BERT).visit(FINDING, seen(birth))
    merge(db, birth)

    assert paths(merge(db, foreign)) == (0, 1)
    assert record(db)["held"] == json.dumps([foreign.entry.hash])


def test_an_entry_of_another_type_does_not_reach_the_tables_of_the_record(db):
    _, birth = born(ANNA)
    merge(db, birth)

    lie = Pen(ANNA).write(VISIT, "site", {"facts": {"name": "x"}}, seen(birth))

    assert paths(merge(db, lie)) == (0, 1)
    assert rows(db, "site") == []


def test_an_entry_that_claims_to_have_seen_its_own_future_is_folded(db):
    _, birth = born(ANNA)
    merge(db, birth)
    anna = Pen(ANNA)
    first, second = anna.visit(FINDING, seen(birth)), anna.visit(OTHER, seen(birth))
    liar = Pen(ANNA)
    lie = liar.visit({"answer/2": {}}, seen(birth, second))
    merge(db, second)

    assert first.entry.seq == lie.entry.seq
    assert paths(merge(db, lie)) == (0, 1)
    assert record(db)["missing"] == 0


def test_a_gap_is_counted_until_it_is_filled(db):
    _, birth = born(ANNA)
    anna = Pen(ANNA)
    first = anna.visit(FINDING, seen(birth))
    second = anna.visit(OTHER, seen(birth, first))
    merge(db, birth)
    merge(db, second)
    missing = record(db)["missing"]
    merge(db, first)

    assert (missing, record(db)["missing"]) == (1, 0)
    assert [row["facts"] for row in rows(db, "answer")] == ["坏"]


def test_undo_and_redo(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    merge(db, birth, finding)
    before = state_of(db)
    void = office.speak_of(Kind.VOID, finding, record_id=None)

    merge(db, void)
    undone = rows(db, "answer")
    merge(db, finding)
    sent_again = rows(db, "answer")
    merge(db, office.write(None, None, {"spans": {"void": void.entry.hash}}, kind=Kind.UNVOID))

    assert undone == sent_again == []
    assert {**state_of(db), "digest": None} == {**before, "digest": None}


def test_an_undo_that_comes_first_counts(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    merge(db, office.speak_of(Kind.VOID, finding, record_id=None))
    merge(db, birth)

    assert paths(merge(db, finding)) == (0, 1)
    assert rows(db, "answer") == []


def test_a_redo_that_comes_before_its_undo_counts(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    void = office.speak_of(Kind.VOID, finding, record_id=None)
    merge(db, birth, finding)

    merge(db, office.write(None, None, {"spans": {"void": void.entry.hash}}, kind=Kind.UNVOID))
    merge(db, void)

    assert [row["facts"] for row in rows(db, "answer")] == ["好"]


def test_a_redo_that_names_nothing_changes_nothing(db):
    office, birth = born(ANNA)
    merge(db, birth)
    before = state_of(db)

    merge(db, office.write(None, None, kind=Kind.UNVOID))

    assert {**state_of(db), "digest": None} == {**before, "digest": None}


def test_what_is_undone_and_withheld_counts_when_it_is_completed(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    void = office.speak_of(Kind.VOID, finding, record_id=None)
    merge(db, birth, finding, SignedEntry(void.data, void.entry, {}))
    before = rows(db, "answer")

    merge(db, void)

    assert (len(before), rows(db, "answer")) == (1, [])


def test_hold_and_accept_fold_their_record(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    merge(db, birth, finding)

    hold = office.speak_of(Kind.HOLD, finding, ctx=seen(birth, finding))
    merge(db, hold)
    held = rows(db, "answer"), record(db)["held"]
    merge(db, office.speak_of(Kind.ACCEPT, finding, ctx=seen(birth, finding, hold)))

    assert held == ([], json.dumps([finding.entry.hash]))
    assert record(db)["held"] == "[]"


def test_changes_of_a_disputed_record_are_folded(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    accept = office.speak_of(Kind.ACCEPT, finding, ctx=seen(birth, finding))
    merge(db, birth, finding, accept)

    later = Pen(ANNA, "1" * 16).visit(OTHER, seen(birth, finding, accept))

    assert paths(merge(db, later)) == (0, 1)


def test_a_withheld_part_stands_empty_until_it_comes(db):
    _, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    merge(db, birth, SignedEntry(finding.data, finding.entry, {"answer/1": Part(b"", None)}))
    before = rows(db, "answer")[0]["facts"]

    merged = merge(db, finding)

    assert (before, rows(db, "answer")[0]["facts"]) == (None, "好")
    assert merged.touched == {VISIT}


def test_evidence_that_comes_before_its_visit_waits_for_it(db):
    _, birth = born(ANNA)
    photo = Pen(ANNA).photo({"note": {"caption": "门"}}, owner_ctx=seen(birth), home=OFFICE)

    merge(db, photo)
    before = rows(db, "evidence")
    merged = merge(db, birth)

    assert before == []
    assert [row["caption"] for row in rows(db, "evidence")] == ["门"]
    assert merged.touched == {VISIT, PHOTO}


def test_evidence_waits_for_the_custody_move_its_author_had_seen(db):
    office, birth = born(ANNA)
    moved = office.visit(custody(BERT, n=2), seen(birth))
    photo = Pen(BERT).photo({"note": {"caption": "门"}}, owner_ctx=seen(moved), home=OFFICE)

    merge(db, birth, photo)
    before = rows(db, "evidence")
    merge(db, moved)

    assert before == []
    assert len(rows(db, "evidence")) == 1


def test_evidence_waits_for_any_entry_of_its_visit_that_its_author_had_seen(db):
    _, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    photo = Pen(ANNA, "1" * 16).photo({"note": {}}, owner_ctx=seen(birth, finding), home=OFFICE)

    merge(db, birth)
    merge(db, photo)
    before = rows(db, "evidence")
    merge(db, finding)

    assert before == []
    assert len(rows(db, "evidence")) == 1


def test_accepted_evidence_is_judged_anew_when_the_past_of_its_visit_comes(db):
    office, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    owner_ctx = seen(birth, finding)
    photo = Pen(ANNA, "1" * 16).photo({"note": {"caption": "一"}}, owner_ctx=owner_ctx, home=OFFICE)
    accept = office.speak_of(Kind.ACCEPT, photo, record_id=PHOTO, ctx=seen(photo))
    office_note = Pen(OFFICE, "1" * 16).photo({"note": {"caption": "二"}}, seen(photo), owner_ctx=owner_ctx)
    accept_too = office.speak_of(Kind.ACCEPT, office_note, record_id=PHOTO, ctx=seen(photo, office_note))
    merge(db, birth, photo, accept, office_note, accept_too)
    before = len(rows(db, "conflict"))

    merge(db, finding)

    assert (before, len(rows(db, "conflict"))) == (1, 0)


def forked_pens():
    """Two pens that go on in one stream, and the two entries about sites by which it forks."""
    anna = Pen(ANNA)
    twin = anna.fork()
    fork = [anna.write(SITE, "site", {}, home=OFFICE), twin.write(SITE, "site", {"facts": {}}, home=OFFICE)]
    return anna, twin, fork


def test_a_fork_found_late_folds_what_was_taken_for_a_chain(db):
    _, birth = born(ANNA)
    anna, twin, fork = forked_pens()
    good = anna.visit(FINDING, seen(birth))
    other_part = [twin.visit({"answer/2": {}}, seen(birth)) for _ in range(2)][1]
    bad = twin.visit(OTHER, seen(birth, other_part))
    merge(db, birth, good, other_part, bad)
    before = rows(db, "conflict")

    merged = merge(db, *fork)

    assert merged.forked == {anna.author.stream}
    assert before == []
    assert [row["part"] for row in rows(db, "conflict")] == ["answer/1"]


def test_a_fork_found_late_folds_what_only_names_the_stream(db):
    office, birth = born(ANNA)
    anna, twin, fork = forked_pens()
    left = anna.visit(FINDING, seen(birth))
    right = [twin.visit(OTHER, seen(birth)) for _ in range(2)][1]
    merge(db, birth, *(office.visit({"review": {}}, seen(birth, unsent)) for unsent in (left, right)))
    before = json.loads(record(db)["ctx"])[anna.author.stream]

    merge(db, *fork)

    assert before == [[3, right.entry.hash]]
    assert json.loads(record(db)["ctx"])[anna.author.stream] == [[2, left.entry.hash], [3, right.entry.hash]]


def test_what_has_nothing_to_do_with_a_fork_takes_the_fast_path(db):
    _, birth = born(ANNA)
    anna, _, fork = forked_pens()
    merge(db, birth, *fork)

    assert paths(merge(db, Pen(OFFICE, "1" * 16).visit({"review": {}}, seen(birth)))) == (1, 0)
    assert paths(merge(db, anna.visit(FINDING, seen(birth)))) == (0, 2)


def test_entries_of_unknown_nodes_count_when_their_office_is_enrolled(bare):
    _, birth = born(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))
    photo = Pen(ANNA, "1" * 16).photo({"note": {}}, owner_ctx=seen(birth), home=OFFICE)
    merge(bare, birth, finding, photo)
    before = rows(bare, "visit"), rows(bare, "evidence")

    add_node(bare, OFFICE, "office")
    refold_node(bare, OFFICE)

    assert before == ([], [])
    assert (len(rows(bare, "visit")), len(rows(bare, "evidence"))) == (1, 1)


def test_enrolling_a_second_office_does_not_move_a_record_that_another_answers_for(bare):
    births = [
        Pen(ANNA).visit({**custody(ANNA), **FINDING}, home=OFFICE),
        Pen(BERT).visit({**custody(BERT), **OTHER}, home=OTHER_OFFICE),
    ]
    merge(bare, *births)

    for office in (OFFICE, OTHER_OFFICE):
        add_node(bare, office, "office")
        refold_node(bare, office)
        assert state_of(bare) == rebuilt(bare)

    winner = min(births, key=lambda signed: signed.entry.hash)
    assert record(bare)["home"] == winner.entry.home


def test_rebuilding_makes_the_same_tables_from_nothing(db):
    _, birth = born(ANNA)
    merge(db, birth, Pen(BERT).visit(FINDING, seen(birth)), Pen(ANNA).visit({}, kind=Kind.LOG))
    before = state_of(db)
    db.execute("UPDATE visit SET mode = 'x'")
    db.execute("DELETE FROM record")

    assert rebuild(db) == 1
    assert state_of(db) == before


def test_many_records_are_folded_in_several_rounds(db):
    pen = Pen(OFFICE)
    units = [
        pen.write(f"01900000-0000-7000-8000-{n:012}", "unit", {"facts": {"sort_no": n}}, home=OFFICE)
        for n in range(1100)
    ]

    merged = merge(db, *units, use_fast_path=False)

    assert paths(merged) == (0, 1100)
    assert [row["sort_no"] for row in rows(db, "unit")] == list(range(1100))


def test_entries_about_no_record_change_no_table(db):
    office, birth = born(ANNA)
    merge(db, birth)
    before = state_of(db)

    merged = merge(db, office.write(None, None, {"event": {}}, kind=Kind.OPEN))

    assert merged.touched == set()
    assert {**state_of(db), "digest": None} == {**before, "digest": None}
