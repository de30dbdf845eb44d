"""Forks, drafts, authority, custody, resolving, holding, children and undo: each rule against stories made for it."""

import json
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.ancestry import Ancestry
from desktop.domain.entry import Kind, Owner
from desktop.storage.drafts import Draft, drafts_of, save_draft
from desktop.storage.merge import refold_node
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, PHOTO, VISIT, Pen, custody, seen
from tests.storage.databases import add_node, make_database, merge, rebuilt, state_of
from tests.storage.merge_checks import (
    after,
    by_order_of_writing,
    candidates,
    emptied,
    records,
    shown,
    shuffled,
    tables,
)
from tests.storage.merge_script import HONEST, OWN_VISIT, UNFORKED, Story, scripts, spans_of

CARL = "d" * 32
FIELD = (ANNA, BERT, CARL)
DICE = st.randoms(use_true_random=False)
HOLDERS = st.lists(st.sampled_from(FIELD), max_size=3, unique=True)
SMALL = st.integers(0, 2)
WRITES = st.lists(st.tuples(SMALL, SMALL), max_size=4)
"""(number of the answer, number of the value) in turn."""


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    db = make_database(tmp_path_factory.mktemp("merge") / "w.db", fields=FIELD)
    yield db
    db.close()


def answer(value, item=1):
    return {f"answer/{item}": {"facts": f"值{value}"}}


def born(*holders):
    office = Pen(OFFICE)
    return office, office.visit(custody(*holders), home=OFFICE)


def hashes(*entries):
    return sorted(signed.entry.hash for signed in entries)


def joined(chain, *ctxs):
    """What somebody has seen who has seen all this, in a stream that forked; ``chain`` is every entry of it."""
    whole = {s.entry.hash: (s.entry.seq, s.entry.prev) for s in chain}
    ancestry, ctx = Ancestry({chain[0].entry.stream: whole}), {}
    for more in ctxs:
        ctx = ancestry.joined(ctx, more)
    return ctx


def write_branch(pen, birth, before, writes):
    """Entries that each have seen those before them on the branch."""
    branch = []
    for item, value in writes:
        branch.append(pen.visit(answer(value, item), seen(birth, *before, *branch)))
    return branch


def last_writers(entries):
    return {part: signed for signed in entries for part in signed.entry.parts}


@given(WRITES, WRITES.filter(bool), WRITES.filter(bool), DICE)
def test_both_branches_of_a_fork_count_and_one_resolve_covers_both(db, common, left, right, dice):
    office, birth = born(ANNA)
    pen = Pen(ANNA)
    shared = write_branch(pen, birth, [], common)
    twin = pen.fork()
    branches = [write_branch(p, birth, shared, writes) for p, writes in ((pen, left), (twin, right))]
    lasts = [last_writers(branch) for branch in branches]
    conflicts = {
        (VISIT, part): hashes(lasts[0][part], lasts[1][part])
        for part in lasts[0].keys() & lasts[1].keys()
        if lasts[0][part].parts[part].data != lasts[1][part].parts[part].data
    }

    with emptied(db):
        for signed in shuffled([birth, *shared, *branches[0], *branches[1]], dice):
            merge(db, signed)
        found, alone = candidates(db), lasts[0].keys() ^ lasts[1].keys()
        values = {part: shown(db, VISIT, part) for part in alone}
        ctx = joined([*shared, *branches[0], *branches[1]], *(seen(birth, *shared, *b) for b in branches))
        parts = {part: {"facts": "定"} for _, part in conflicts}
        merge(db, office.resolve(parts, ctx))
        left_over, held = candidates(db), records(db)[VISIT]["held"]

    assert found == conflicts
    assert values == {p: (lasts[0].get(p) or lasts[1][p]).parts[p].value["facts"] for p in alone}
    assert (left_over, held) == ({}, [])


@given(st.integers(1, 4), st.integers(1, 4), st.sampled_from([Kind.VOID, Kind.HOLD]), DICE)
def test_a_range_holds_the_entries_of_one_branch_only(db, left, right, kind, dice):
    office, birth = born(ANNA)
    pen = Pen(ANNA)
    shared = pen.visit(answer(0), seen(birth))
    twin = pen.fork()
    named = write_branch(pen, birth, [shared], [(1, 1)] * left)
    others = write_branch(twin, birth, [shared], [(2, 2)] * right)
    fact = office.write(
        VISIT if kind is Kind.HOLD else None, None, spans_of(named), kind=kind, ctx=seen(birth)
    )

    with emptied(db):
        for signed in shuffled([birth, shared, *named, *others, fact], dice):
            merge(db, signed)
        row, values = records(db)[VISIT], [shown(db, VISIT, f"answer/{item}") for item in (1, 2)]

    assert row["heads"] == hashes(others[-1])
    assert row["held"] == (hashes(*named) if kind is Kind.HOLD else [])
    assert values == ["值0", "值2"]


@given(st.integers(0, 3), st.integers(0, 3), SMALL, st.booleans())
def test_a_draft_replaces_only_what_was_there_when_it_was_begun(
    db, seen_count, later_count, value, is_own_seen
):
    _, birth = born(ANNA, BERT)
    bert, anna = Pen(BERT), Pen(ANNA)
    theirs = write_branch(bert, birth, [], [(1, 0)] * (seen_count + later_count))
    own = anna.visit(answer(1, item=2), seen(birth))
    base = seen(birth, *theirs[:seen_count], *([own] if is_own_seen else []))
    cut = anna.visit({**answer(value), **answer(value, item=2)}, base)

    with emptied(db):
        merge(db, birth, own, *theirs)
        merge(db, cut)
        found = candidates(db)

    assert ((VISIT, "answer/1") in found) == (later_count > 0 and value != 0)
    assert ((VISIT, "answer/2") in found) == (not is_own_seen and value != 1)


def test_a_draft_keeps_what_its_author_had_seen_at_the_start(db):
    _, birth = born(ANNA)
    base = seen(birth)
    later = seen(Pen(BERT).visit(answer(1), base), birth)

    with emptied(db):
        save_draft(db, Draft(VISIT, "visit", "answer/1", {"facts": "一"}, base), 1)
        save_draft(db, Draft(VISIT, "visit", "answer/1", {"facts": "二"}, later), 2)
        (draft,) = drafts_of(db, VISIT)

    assert (draft.value, draft.base_ctx) == ({"facts": "二"}, base)


@given(scripts(HONEST))
def test_a_claimed_role_changes_nothing(db, script):
    stories = [Story(script, role=role, is_born_once=True) for role in ("督查员", "督查室主任")]
    states = [by_order_of_writing(story, after(db, story.packages)) for story in stories]

    assert states[0] == states[1]


@given(scripts(UNFORKED))
def test_facts_of_others_than_the_home_office_change_nothing(db, script):
    packages = [[s for s in p if s.entry.record_id in (VISIT, None)] for p in Story(script).packages]
    facts = {Kind.VOID, Kind.UNVOID, Kind.HOLD, Kind.ACCEPT}
    rest = [[s for s in p if s.entry.node == OFFICE or s.entry.kind not in facts] for p in packages]

    with_all, without = after(db, packages), after(db, rest)

    assert tables(with_all) == tables(without)
    assert [row[6:8] for row in with_all["record"]] == [row[6:8] for row in without["record"]]


@given(HOLDERS, DICE)
def test_all_holders_may_write_and_disagree_and_others_are_held(db, holders, dice):
    _, birth = born(*holders)
    answers = {node: Pen(node).visit(answer(n), seen(birth)) for n, node in enumerate(FIELD)}

    with emptied(db):
        for signed in shuffled([birth, *answers.values()], dice):
            merge(db, signed)
        found, row = candidates(db), records(db)[VISIT]

    counted = [answers[node] for node in holders]
    assert row["held"] == hashes(*(answers[node] for node in FIELD if node not in holders))
    assert found == ({(VISIT, "answer/1"): hashes(*counted)} if len(counted) > 1 else {})


@given(
    st.lists(HOLDERS, min_size=1, max_size=4), st.lists(st.tuples(SMALL, st.integers(0, 9)), max_size=4), DICE
)
def test_custody_counts_as_the_author_had_seen_it(db, moves, writes, dice):
    office, moved = Pen(OFFICE), []
    for n, holders in enumerate(moves):
        ctx = seen(*moved)
        moved.append(office.visit(custody(*holders, n=n), ctx, home=None if ctx else OFFICE))
    held, written = [], []
    for i, (node, place) in enumerate(writes):
        step = place % len(moved)
        signed = Pen(FIELD[node], f"{i:016}").visit(answer(i, item=i), seen(moved[step]))
        written.append(signed)
        if FIELD[node] not in moves[step]:
            held.append(signed)

    with emptied(db):
        for signed in shuffled([*moved, *written], dice):
            merge(db, signed)
        row = records(db)[VISIT]

    assert row["held"] == hashes(*held)


@given(HOLDERS, HOLDERS, DICE)
def test_after_concurrent_moves_the_holders_of_both_write(db, left, right, dice):
    office, birth = born(*FIELD)
    twin = office.fork()
    moves = [pen.visit(custody(*nodes, n=2), seen(birth)) for pen, nodes in ((office, left), (twin, right))]
    ctx = joined([birth, *moves], *map(seen, moves))
    answers = {node: Pen(node).visit(answer(1), ctx) for node in FIELD}

    with emptied(db):
        for signed in shuffled([birth, *moves, *answers.values()], dice):
            merge(db, signed)
        row = records(db)[VISIT]

    assert row["held"] == hashes(*(answers[node] for node in FIELD if node not in left + right))


@given(HOLDERS, st.sampled_from(FIELD))
def test_an_unplanned_visit_is_held_by_the_node_that_found_it(db, named, finder):
    birth = Pen(finder).visit({**custody(*named), **answer(1)}, home=OFFICE)
    later = [Pen(node, "1" * 16).visit(answer(2, item=2), seen(birth)) for node in FIELD]

    with emptied(db):
        merge(db, birth, *later)
        row = records(db)[VISIT]

    is_right = named == [finder]
    counted = [signed for signed in later if is_right and signed.entry.node == finder]
    assert row["held"] == hashes(
        *(s for s in [*later, birth] if s not in counted and not (s is birth and is_right))
    )


@given(
    st.sets(st.integers(0, 3)),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.sampled_from([OFFICE, ANNA]),
    DICE,
)
@example({0, 1}, 1, True, False, OFFICE, Random(0))
def test_a_resolve_needs_two_sides_a_reason_and_the_home_office(
    db, covered, stranger_at, has_reason, is_plain_write, author, dice
):
    office, birth = born(*FIELD[:2])
    nodes = [ANNA, BERT, ANNA, BERT]
    sides = [Pen(node, f"{i:016}").visit(answer(i), seen(birth)) for i, node in enumerate(nodes)]
    sides[stranger_at] = Pen(CARL).visit(answer(stranger_at), seen(birth))
    ctx = seen(birth, *(sides[i] for i in covered))
    pen = office if author == OFFICE else Pen(author, "9" * 16)
    parts = answer("定") | ({"reason": {"text": "核"}} if has_reason else {})
    decision = pen.visit(parts, ctx, kind=Kind.WRITE if is_plain_write else Kind.RESOLVE)

    with emptied(db):
        for signed in shuffled([birth, *sides, decision], dice):
            merge(db, signed)
        found, row = candidates(db), records(db)[VISIT]

    counted = covered - {stranger_at}
    is_settled = author == OFFICE and has_reason and len(counted) >= 2
    is_live = author != OFFICE if is_plain_write else is_settled
    open_sides = [s for i, s in enumerate(sides) if i != stranger_at and not (is_live and i in covered)]
    assert row["held"] == hashes(sides[stranger_at], *([] if is_live else [decision]))
    listed = open_sides + ([decision] if is_live else [])
    assert found == ({(VISIT, "answer/1"): hashes(*listed)} if len(listed) > 1 else {})


@given(st.integers(0, 99), DICE)
def test_a_resolve_that_settles_nothing_is_no_side_for_who_had_seen_it(db, value, dice):
    office, birth = born(ANNA)
    anna = Pen(ANNA)
    first = anna.visit(answer(1), seen(birth))
    idle = office.resolve(answer(2), seen(birth, first))
    second = anna.visit(answer(3), seen(birth, first))
    # Of the values seen only the second answer stands: the resolve before it never counted.
    resolve = office.resolve(answer(value), seen(birth, second, idle))

    with emptied(db):
        for signed in shuffled([birth, first, idle, second, resolve], dice):
            merge(db, signed)
        row, value = records(db)[VISIT], shown(db, VISIT, "answer/1")

    assert row["held"] == hashes(idle, resolve)
    assert value == "值3"


@given(st.integers(0, 99), DICE)
def test_of_two_resolves_that_claim_to_have_seen_each_other_the_smaller_hash_is_judged_first(db, value, dice):
    _, birth = born(ANNA)
    anna, left, right = Pen(ANNA), Pen(OFFICE, "1" * 16), Pen(OFFICE, "2" * 16)
    first = anna.visit(answer(1), seen(birth))
    second = anna.visit(answer(3), seen(birth, first))

    def ahead(pen):
        return {pen.author.stream: ((9, "f" * 64),)}

    # Nothing is to be settled about the second item, so this one never counts.
    idle = left.resolve({**answer(2), **answer(2, item=2)}, seen(birth, first) | ahead(right))
    resolve = right.resolve(answer(value), seen(birth, second) | ahead(left))

    with emptied(db):
        for signed in shuffled([birth, first, second, idle, resolve], dice):
            merge(db, signed)
        row = records(db)[VISIT]

    is_idle_known = idle.entry.hash < resolve.entry.hash
    assert row["held"] == hashes(idle, *([resolve] if is_idle_known else []))


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), DICE)
def test_what_was_held_is_replaced_only_by_who_saw_it_accepted(
    db, is_held, saw_hold, saw_accept, is_own, dice
):
    office, birth = born(ANNA, BERT)
    # Either a stranger's write, held from the start, or a holder's, which the office has put on hold.
    early = Pen(BERT if is_held else CARL).visit(answer(1), seen(birth))
    hold = [office.speak_of(Kind.HOLD, early, ctx=seen(birth, early))] if is_held else []
    accept = office.speak_of(Kind.ACCEPT, early, ctx=seen(birth, early, *hold))
    known = [birth, early, *(hold if saw_hold or saw_accept else []), *([accept] if saw_accept else [])]
    later = Pen(early.entry.node if is_own else ANNA, "1" * 16).visit(answer(2), seen(*known))
    rest = [] if not is_own or is_held else [office.speak_of(Kind.ACCEPT, later, ctx=seen(birth, later))]

    with emptied(db):
        for signed in shuffled([birth, early, *hold, accept, later, *rest], dice):
            merge(db, signed)
        found, row = candidates(db), records(db)[VISIT]

    is_replaced = is_own or saw_accept or (is_held and not saw_hold)
    assert row["held"] == []
    assert found == ({} if is_replaced else {(VISIT, "answer/1"): hashes(early, later)})


@given(scripts(UNFORKED))
def test_hold_and_void_never_change_who_could_write(db, script):
    packages = [[s for s in p if s.entry.record_id in (VISIT, None)] for p in Story(script).packages]
    writes = [[s for s in p if s.entry.kind is Kind.WRITE] for p in packages]
    undo = Pen(OFFICE, "c" * 16).write(None, None, spans_of([s for p in writes for s in p]), kind=Kind.VOID)

    with_all, without = after(db, [*writes, [undo]]), after(db, writes)

    assert [row[6] for row in with_all["record"]] == [row[6] for row in without["record"]]
    assert all(row[10] for row in with_all["record"] if row[3] is None and row[2] == OFFICE)


@given(
    st.lists(HOLDERS, min_size=1, max_size=3), st.sampled_from(FIELD), st.integers(0, 9), st.booleans(), DICE
)
def test_a_child_counts_by_the_custody_its_author_had_seen_and_waits_for_that_past(
    db, moves, author, place, is_bystander_seen, dice
):
    office, moved = Pen(OFFICE), []
    for n, holders in enumerate(moves):
        ctx = seen(*moved)
        moved.append(office.visit(custody(*holders, n=n), ctx, home=None if ctx else OFFICE))
    step = place % len(moved)
    bystander = Pen(OFFICE, "1" * 16).visit({"review": {"remark": "阅"}}, seen(*moved[: step + 1]))
    past = [*moved[: step + 1], *([bystander] if is_bystander_seen else [])]
    photo = Pen(author).photo({"note": {"caption": "门"}}, owner_ctx=seen(*past), home=OFFICE)
    is_right = author in moves[step]

    with emptied(db):
        arrived = []
        for signed in shuffled([*moved, bystander, photo], dice):
            merge(db, signed)
            arrived.append(signed)
            if photo in arrived:
                is_live = is_right and all(s in arrived for s in past)
                assert records(db)[PHOTO]["held"] == ([] if is_live else [photo.entry.hash])
                assert shown(db, PHOTO, "note") == ("门" if is_live else None)


@given(st.sampled_from(FIELD), st.sampled_from([VISIT, OWN_VISIT, None]), DICE)
def test_a_child_stays_with_the_owner_it_was_born_with(db, author, claimed, dice):
    _, birth = born(ANNA)
    photo = Pen(ANNA).photo({"note": {"caption": "一"}}, owner_ctx=seen(birth), home=OFFICE)
    own = Pen(author, "5" * 16).write(OWN_VISIT, "visit", custody(author), home=OFFICE)
    owner = claimed and Owner(claimed, seen(birth if claimed == VISIT else own))
    pen = Pen(author, "6" * 16)
    later = pen.write(PHOTO, "evidence", {"note": {"caption": "二"}}, seen(photo), owner=owner)

    with emptied(db):
        for signed in shuffled([birth, photo, own, later], dice):
            merge(db, signed)
        row, caption = records(db)[PHOTO], shown(db, PHOTO, "note")

    is_right = author == ANNA and claimed == VISIT
    assert row["held"] == ([] if is_right else [later.entry.hash])
    assert caption == ("二" if is_right else "一")


@given(DICE)
def test_a_child_follows_when_its_owner_turns_out_to_come_from_elsewhere(db, dice):
    found = Pen(ANNA).visit(custody(ANNA), home=OFFICE)
    planned = Pen(OFFICE).visit(custody(ANNA), home=OFFICE)
    photo = Pen(ANNA, "1" * 16).photo({"note": {"caption": "门"}}, owner_ctx=seen(found), home=OFFICE)

    with emptied(db):
        arrived = []
        for signed in shuffled([found, planned, photo], dice):
            merge(db, signed)
            arrived.append(signed)
            # The plan of the office is the birth that counts, and the author of the photo had not seen it.
            is_live = found in arrived and photo in arrived and planned not in arrived
            assert shown(db, PHOTO, "note") == ("门" if is_live else None)


@given(st.permutations([OFFICE, OTHER_OFFICE]), st.booleans(), st.text("ab", max_size=3))
def test_a_child_follows_when_another_office_of_its_owner_becomes_known(db, offices, is_other, salt):
    births = [
        Pen(node).visit({**custody(node), "header": {"remark": salt}}, home=home)
        for node, home in ((ANNA, OFFICE), (BERT, OTHER_OFFICE))
    ]
    node, home = (BERT, OTHER_OFFICE) if is_other else (ANNA, OFFICE)
    photo = Pen(node, "1" * 16).photo({"note": {}}, owner_ctx=seen(*births), home=home)

    with emptied(db):
        db.execute("DELETE FROM node")
        merge(db, *births, photo)
        for office in offices:
            add_node(db, office, "office")
            refold_node(db, office)
            assert state_of(db) == rebuilt(db)
        held = records(db)[PHOTO]["held"]

    first = min(births, key=lambda signed: signed.entry.hash)
    assert held == ([] if first.entry.node == node else [photo.entry.hash])


@given(
    st.sampled_from([OFFICE, OTHER_OFFICE, ANNA]), st.sampled_from([None, OFFICE, OTHER_OFFICE, ANNA]), DICE
)
def test_undo_and_redo_count_from_the_home_office_whatever_comes_first(db, undoer, redoer, dice):
    _, birth = born(ANNA)
    finding = Pen(ANNA).visit(answer(1), seen(birth))
    void = Pen(undoer, "8" * 16).write(None, None, spans_of([finding]), kind=Kind.VOID)
    lift = {"spans": {"void": void.entry.hash}}
    redo = [Pen(redoer, "9" * 16).write(None, None, lift, kind=Kind.UNVOID)] if redoer else []

    with emptied(db):
        for signed in shuffled([birth, finding, void, *redo], dice):
            merge(db, signed)
        value = shown(db, VISIT, "answer/1")

    assert value == (None if undoer == OFFICE and redoer != OFFICE else "值1")


@given(scripts(), st.integers(0, 9), DICE)
def test_undo_takes_back_exactly_what_an_import_brought_first(db, script, choice, dice):
    packages = Story(script).packages
    clerk = Pen(OFFICE, "c" * 16)

    with emptied(db):
        introduced = [merge(db, *package).new for package in packages]
        before = state_of(db)
        named = introduced[choice % len(packages)]
        void = clerk.write(None, None, spans_of(named), kind=Kind.VOID)
        merge(db, void)
        undone = state_of(db)
        for package in shuffled(packages, dice):
            merge(db, *package)
        sent_again = state_of(db)
        merge(db, clerk.write(None, None, {"spans": {"void": void.entry.hash}}, kind=Kind.UNVOID))
        redone = state_of(db)

    gone = {signed.entry.hash for signed in named}
    heads = {digest for row in undone["record"] if row[2] == OFFICE for digest in json.loads(row[5])}
    assert not gone & heads
    assert sent_again == undone
    assert redone["record"] == before["record"]
    assert tables(redone) == tables(before)
