"""What holds for every story of offices and laptops, however packages are lost, copied, delayed and dealt anew.

Each example runs in one transaction of a real database that is undone afterwards.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entry import Kind
from desktop.storage.entries import load_stream
from desktop.storage.merge import refold_node
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, VISIT, Pen, custody, seen
from tests.storage.databases import add_node, make_database, merge, rebuilt, state_of
from tests.storage.merge_checks import (
    OFFICES,
    after,
    by_order_of_writing,
    candidates,
    check_against_oracle,
    emptied,
    records,
    shown,
    shuffled,
    tables,
)
from tests.storage.merge_oracle import Oracle
from tests.storage.merge_script import CALM, FIELD_OF, HONEST, UNFORKED, Story, scripts, spans_of, without

DICE = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    db = make_database(tmp_path_factory.mktemp("merge") / "w.db")
    yield db
    db.close()


@given(scripts())
def test_after_every_package_the_tables_are_what_the_set_of_entries_means(db, script):
    packages = Story(script).packages

    with emptied(db):
        for i, package in enumerate(packages):
            merge(db, *package)
            state = state_of(db)
            assert state == rebuilt(db)
            check_against_oracle(db, [signed for sent in packages[: i + 1] for signed in sent])


@given(scripts(CALM) | scripts(UNFORKED) | scripts(), DICE)
def test_entries_that_come_one_by_one_in_any_order_are_folded_at_once(db, script, dice):
    entries = Story(script).entries

    with emptied(db):
        for signed in entries if dice.random() < 0.7 else shuffled(entries, dice):
            merge(db, signed)
            state = state_of(db)
            assert state == rebuilt(db)
        check_against_oracle(db, entries)


@given(scripts(CALM) | scripts(UNFORKED) | scripts())
def test_fast_path_and_slow_path_give_the_same_tables(db, script):
    packages = Story(script).packages

    assert after(db, packages) == after(db, packages, use_fast_path=False)


@given(scripts(), DICE)
def test_packages_may_come_in_any_order(db, script, dice):
    packages = Story(script).packages

    assert after(db, packages) == after(db, shuffled(packages, dice))


@given(scripts(), DICE)
def test_packages_may_come_again(db, script, dice):
    packages = Story(script).packages
    again = [dice.choice(packages) for _ in packages]

    assert after(db, packages) == after(db, shuffled([*packages, *again], dice))


@given(scripts(), DICE)
def test_it_means_nothing_how_entries_are_dealt_into_packages(db, script, dice):
    packages = Story(script).packages
    copies, dealt = shuffled([signed for package in packages for signed in package], dice), []
    while copies:
        size = dice.randint(1, 6)
        dealt.append(copies[:size])
        del copies[:size]

    assert after(db, packages) == after(db, dealt)


@given(scripts(), DICE)
def test_parts_that_were_withheld_count_when_they_come(db, script, dice):
    packages = Story(script).packages
    partial = [[without(s, *dice.sample(sorted(s.parts), len(s.parts) // 2)) for s in p] for p in packages]
    empty = [[without(s, *s.parts) for s in p] for p in packages]
    dealt = shuffled([*packages, *partial, *empty], dice)
    pairs = [[*dealt[i], *dealt[i + 1]] for i in range(0, len(dealt) - 1, 2)]

    assert after(db, [*pairs, dealt[-1]]) == after(db, packages)


@given(scripts())
def test_nodes_that_have_exchanged_everything_agree(db, script):
    story = Story(script)
    states = [after(db, [node.known.values(), *story.packages]) for node in story.nodes]

    assert states[0] == states[1] == states[2]


@given(scripts())
def test_what_was_sent_again_in_full_equals_what_was_sent_in_parts(db, script):
    story = Story(script)

    assert after(db, story.packages) == after(db, [story.all_copies()])


@given(scripts())
def test_a_merged_package_is_in_the_log_and_counted(db, script):
    with emptied(db):
        known = set()
        for package in Story(script).packages:
            sent = {signed.entry.hash for signed in package}
            merged = merge(db, *package)
            assert {signed.entry.hash for signed in merged.new} == sent - known
            assert merged.known == len(sent & known)
            known |= sent
        stored = [
            signed for row in db.query("SELECT id FROM stream") for signed in load_stream(db, row["id"])
        ]

    assert {signed.entry.hash for signed in stored} == known


def live_entries(oracle, record_id, row):
    """The statements about a record that are neither held nor undone, as the database has it."""
    undone = {digest for node, named in oracle.voids if node == row["home"] for digest in named}
    return [e for e in oracle.statements(record_id) if e["hash"] not in {*row["held"], *undone}]


@given(scripts())
def test_no_value_is_lost_silently(db, script):
    copies = Story(script).all_copies()
    oracle = Oracle(copies, OFFICES)

    with emptied(db):
        merge(db, *copies)
        for record_id, row in records(db).items():
            live = live_entries(oracle, record_id, row)
            for entry in [] if row["is_deleted"] else live:
                for part in {*entry["parts"]} - {"reason", "custody", "mood"}:
                    rivals = [o for o in live if part in o["parts"] and o is not entry]
                    is_last = not any(entry["hash"] in oracle.saw[o["hash"]] for o in rivals)
                    if is_last and part in entry["content"]:
                        value = json.loads(entry["content"][part])[FIELD_OF.get(part, "facts")]
                        is_listed = entry["hash"] in candidates(db).get((record_id, part), ())
                        assert is_listed or shown(db, record_id, part) == value


@given(scripts())
def test_a_delete_never_hides_an_edit_its_author_had_not_seen(db, script):
    copies = Story(script).all_copies()
    oracle = Oracle(copies, OFFICES)

    with emptied(db):
        merge(db, *copies)
        deleted = {record_id: row for record_id, row in records(db).items() if row["is_deleted"]}

    for record_id, row in deleted.items():
        live = live_entries(oracle, record_id, row)
        deletes = [e for e in live if e.get("del")]
        for entry in live:
            assert entry in deletes or any(entry["hash"] in oracle.saw[d["hash"]] for d in deletes)


@given(scripts(UNFORKED), st.integers(0, 9))
def test_undoing_what_nobody_built_on_equals_never_having_had_it(db, script, choice):
    packages = Story(script, is_born_once=True).packages
    undone = packages[choice % len(packages)]
    gone = {signed.entry.hash for signed in undone}
    rest = [[signed for signed in package if signed.entry.hash not in gone] for package in packages]
    speaks = {Kind.WRITE, Kind.RESOLVE}
    built_on = any(
        [seq, digest] == [other.entry.seq, other.entry.hash] or seq > other.entry.seq
        for signed in (s for package in rest for s in package)
        for ctx in (signed.entry.ctx, signed.entry.owner.ctx if signed.entry.owner else {})
        for stream, heads in ctx.items()
        for seq, digest in heads
        for other in undone
        if other.entry.stream == stream
    )
    if built_on or any(s.entry.kind not in speaks or s.entry.node == OFFICE for s in undone):
        return
    void = Pen(OFFICE, "d" * 16).write(None, None, spans_of(undone), kind=Kind.VOID)

    assert tables(after(db, [*packages, [void]])) == tables(after(db, rest))


@given(scripts(HONEST), st.booleans())
def test_resolving_every_conflict_leaves_none(db, script, is_delete):
    story = Story(script)
    clerk = story.nodes[0]
    for signed in story.all_copies():
        clerk.learn(signed)

    with emptied(db):
        merge(db, *story.all_copies())
        # Deletes come last: to decide a part of a deleted record is to edit it.
        for record_id, part in sorted(candidates(db), key=lambda conflict: conflict[1] == "del"):
            before = len(candidates(db))
            parts = {"reason": {"text": "核对"}} | ({} if part == "del" else {part: {"facts": "定"}})
            choice = is_delete if part == "del" else None
            merge(db, story.write(clerk, record_id, parts, Kind.RESOLVE, is_delete=choice))
            assert len(candidates(db)) < before

        assert candidates(db) == {}


@given(scripts(), DICE)
def test_facts_may_come_before_or_after_what_they_speak_of(db, script, dice):
    copies = Story(script).all_copies()
    facts = [s for s in copies if s.entry.kind not in (Kind.WRITE, Kind.RESOLVE)]
    rest = [s for s in copies if s.entry.kind in (Kind.WRITE, Kind.RESOLVE)]

    assert after(db, [shuffled(facts, dice), rest]) == after(db, [rest, facts])


@given(scripts(), st.integers(0, 9))
def test_what_was_undone_stays_undone_when_it_comes_again(db, script, choice):
    packages = Story(script).packages
    undone = packages[choice % len(packages)]

    with emptied(db):
        for package in packages:
            merge(db, *package)
        before = tables(state_of(db))
        clerk = Pen(OFFICE, "c" * 16)
        void = clerk.write(None, None, spans_of(undone), kind=Kind.VOID)
        merge(db, void)
        without = state_of(db)
        merge(db, *undone)
        again = state_of(db)
        merge(db, clerk.write(None, None, {"spans": {"void": void.entry.hash}}, kind=Kind.UNVOID))
        redone = tables(state_of(db))

    assert again == without
    assert redone == before


@given(scripts(), st.integers(0, 9))
def test_it_means_nothing_when_nodes_become_known(db, script, place):
    packages = Story(script).packages
    nodes = [(OFFICE, "office"), (OTHER_OFFICE, "office"), (ANNA, "field"), (BERT, "field")]

    with emptied(db):
        db.execute("DELETE FROM node")
        for i, package in enumerate(packages):
            if i == place % len(packages):
                enroll(db, nodes[place % 2 :])
                assert state_of(db) == rebuilt(db)
            merge(db, *package)
        enroll(db, nodes[: place % 2])
        late = state_of(db)

    assert late == after(db, packages)


def enroll(db, nodes):
    for node, kind in nodes:
        add_node(db, node, kind)
        refold_node(db, node)


@given(scripts())
def test_what_is_held_is_never_shown(db, script):
    copies = Story(script).all_copies()

    with emptied(db):
        merge(db, *copies)
        held = {digest for row in records(db).values() for digest in row["held"]}
        heads = {digest for row in records(db).values() for digest in row["heads"]}
        sides = {digest for hashes in candidates(db).values() for digest in hashes}

    assert not held & (heads | sides)
    assert held <= {signed.entry.hash for signed in copies}


@given(scripts(UNFORKED))
def test_what_is_held_changes_nothing_that_is_shown(db, script):
    packages = Story(script).packages
    state = after(db, packages)
    held = {digest for row in state["record"] for digest in json.loads(row[6])}
    visits = [[s for s in package if s.entry.record_id in (VISIT, None)] for package in packages]
    if any("custody" in s.entry.parts and s.entry.hash in held for package in visits for s in package):
        return

    without = after(db, [[s for s in package if s.entry.hash not in held] for package in visits])

    assert tables(without) == tables(after(db, visits))


@given(scripts(HONEST), st.sampled_from([0, -7, 10**9]))
def test_clocks_decide_nothing_but_which_side_of_a_conflict_is_shown(db, script, clock_step):
    right, wrong = Story(script, is_born_once=True), Story(script, clock_step, is_born_once=True)
    states = [after(db, story.packages) for story in (right, wrong)]

    assert by_order_of_writing(right, states[0]) == by_order_of_writing(wrong, states[1])
    if not states[0]["conflict"]:
        assert tables(states[0]) == tables(states[1])


@given(st.lists(st.booleans(), min_size=1, max_size=4))
def test_equal_edits_that_do_not_know_each_other_are_no_conflict(db, differences):
    anna, bert = Pen(ANNA), Pen(BERT)
    birth = Pen(OFFICE).visit(custody(ANNA, BERT), home=OFFICE)
    ctx = seen(birth)
    one = anna.visit({f"answer/{i}": {"facts": "好"} for i in range(len(differences))}, ctx)
    two = bert.visit({f"answer/{i}": {"facts": "坏" if d else "好"} for i, d in enumerate(differences)}, ctx)

    state = after(db, [[birth], [one], [two]])

    assert [row[1] for row in state["conflict"]] == [f"answer/{i}" for i, d in enumerate(differences) if d]
