import pytest

from desktop.domain.ancestry import Ancestry, Span
from desktop.domain.authority import Authority
from desktop.domain.entry import Kind, Part, SignedEntry
from desktop.domain.fold import DELETED, Contest, Void, fold, read_spans
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, PHOTO, VISIT, Pen, custody, seen

GOOD = {"answer/1": {"facts": "好"}}
BAD = {"answer/1": {"facts": "坏"}}


def folded(*log, voids=(), offices=(OFFICE,), chains=None, owners=()):
    authority = Authority(frozenset(offices), Ancestry(chains or {}), lambda _: owners)
    return fold(log, voids, authority)


def hashes(*entries):
    return tuple(sorted(signed.entry.hash for signed in entries))


def chain(*entries):
    return {entries[0].entry.stream: {s.entry.hash: (s.entry.seq, s.entry.prev) for s in entries}}


def branches(*entries):
    """The ctx of somebody who has seen these entries of one forked stream."""
    return {
        entries[0].entry.stream: tuple(sorted((s.entry.seq, s.entry.hash) for s in entries)),
    }


def void_of(node, *entries):
    spans = (Span(s.entry.stream, s.entry.seq, s.entry.seq, s.entry.hash) for s in entries)
    return Void(node, tuple(spans))


def two_holders():
    """A visit that both hold, and one answer of each that knows nothing of the other."""
    office, anna, bert = Pen(OFFICE), Pen(ANNA), Pen(BERT)
    birth = office.visit(custody(ANNA, BERT), home=OFFICE)
    return office, birth, anna.visit(GOOD, seen(birth)), bert.visit(BAD, seen(birth))


def one_holder():
    """A visit that Anna holds, her answer, and one of Bert, who may not."""
    office = Pen(OFFICE)
    birth = office.visit(custody(ANNA), home=OFFICE)
    return office, birth, Pen(ANNA).visit(GOOD, seen(birth)), Pen(BERT).visit(BAD, seen(birth))


def test_a_later_answer_replaces_an_earlier_one_and_leaves_other_parts():
    _, birth, good, _ = two_holders()
    changed = Pen(BERT).visit({**BAD, "answer/2": {"facts": "无"}}, seen(birth, good))

    state = folded(birth, good, changed)

    assert state.values["answer/1"] == state.values["answer/2"] == changed.entry.hash
    assert state.values["custody"] == birth.entry.hash
    assert (state.heads, state.contests, state.held, state.missing) == (hashes(changed), (), (), 0)
    assert (state.type, state.home, state.owner_id) == ("visit", OFFICE, None)
    assert (state.is_deleted, state.is_empty) == (False, False)
    assert state.ctx == seen(birth, good, changed)


def test_two_answers_that_do_not_know_each_other_conflict_and_both_are_kept():
    _, birth, good, bad = two_holders()

    state = folded(birth, good, bad)

    assert state.contests == (Contest("answer/1", hashes(good, bad)),)
    assert state.heads == hashes(good, bad)
    assert state.values["answer/1"] in hashes(good, bad)


def test_equal_answers_do_not_conflict():
    _, birth, good, _ = two_holders()
    same = Pen(BERT).visit(GOOD, seen(birth))

    assert folded(birth, good, same).contests == ()
    assert len(folded(birth, good, same).heads) == 2


def test_a_withheld_answer_conflicts_until_it_can_be_compared():
    _, birth, good, _ = two_holders()
    same = Pen(BERT).visit(GOOD, seen(birth))
    withheld = SignedEntry(same.data, same.entry, {"answer/1": Part(b"", None)})
    unsent = SignedEntry(same.data, same.entry, {})

    assert folded(birth, good, withheld).contests == (Contest("answer/1", hashes(good, same)),)
    assert folded(birth, good, unsent).contests == folded(birth, good, withheld).contests


def test_different_parts_do_not_conflict():
    _, birth, good, _ = two_holders()
    other = Pen(BERT).visit({"answer/2": {"facts": "坏"}}, seen(birth))

    assert folded(birth, good, other).contests == ()


def test_order_of_arrival_means_nothing():
    _, birth, good, bad = two_holders()

    assert folded(birth, good, bad) == folded(bad, good, birth)


@pytest.mark.parametrize("late", ["anna", "bert"])
def test_clocks_choose_what_is_shown_but_not_what_conflicts(late):
    office, anna, bert = Pen(OFFICE), Pen(ANNA), Pen(BERT)
    birth = office.visit(custody(ANNA, BERT), home=OFFICE)
    {"anna": anna, "bert": bert}[late].now_ms += 5000
    answers = {"anna": anna.visit(GOOD, seen(birth)), "bert": bert.visit(BAD, seen(birth))}

    state = folded(birth, *answers.values())

    assert state.values["answer/1"] == answers[late].entry.hash
    assert state.contests == (Contest("answer/1", hashes(*answers.values())),)


def test_the_home_office_is_shown_first_whatever_the_clock_says():
    anna = Pen(ANNA, now_ms=9_000_000)
    site = anna.write(VISIT, "site", {"facts": {"name": "工地"}}, home=OFFICE)
    again = Pen(ANNA, "1" * 16, now_ms=9_000_000).write(
        VISIT, "site", {"facts": {"name": "北门"}}, home=OFFICE
    )
    office = Pen(OFFICE).write(VISIT, "site", {"facts": {"name": "西门"}}, seen(site))

    assert folded(site, again, office).values["facts"] == office.entry.hash


def test_writes_of_others_are_held_and_change_nothing():
    _, birth, good, foreign = one_holder()

    state = folded(birth, good, foreign)

    assert state.held == hashes(foreign)
    assert (state.values, state.heads, state.contests) == (
        folded(birth, good).values,
        hashes(good),
        (),
    )


def test_what_the_office_accepts_counts_and_may_conflict():
    office, birth, good, foreign = one_holder()
    accept = office.speak_of(Kind.ACCEPT, foreign, ctx=seen(birth, good, foreign))

    state = folded(birth, good, foreign, accept)

    assert state.held == ()
    assert state.contests == (Contest("answer/1", hashes(good, foreign)),)
    assert state.ctx == seen(birth, good, foreign, accept)


@pytest.mark.parametrize("kind", [Kind.ACCEPT, Kind.HOLD])
def test_only_the_home_office_accepts_and_holds(kind):
    _, birth, good, foreign = one_holder()
    facts = [
        Pen(node, "5" * 16).speak_of(kind, good, foreign, ctx=seen(birth)) for node in (BERT, OTHER_OFFICE)
    ]

    state = folded(birth, good, foreign, *facts, offices=(OFFICE, OTHER_OFFICE))

    assert state.held == hashes(foreign)


def test_a_node_is_not_its_own_office():
    thief = Pen(BERT)
    birth = thief.write(VISIT, "unit", {"facts": {"name": "假单位"}}, home=BERT)
    accept = thief.speak_of(Kind.ACCEPT, birth, ctx=seen(birth))

    state = folded(birth, accept)

    assert state.is_empty
    assert (state.held, state.home) == (hashes(birth), BERT)


def test_a_held_entry_comes_back_when_it_is_accepted():
    office, birth, good, _ = two_holders()
    hold = office.speak_of(Kind.HOLD, good, ctx=seen(birth, good))
    accept = office.speak_of(Kind.ACCEPT, good, ctx=seen(birth, good, hold))

    assert folded(birth, good, hold).held == hashes(good)
    assert "answer/1" not in folded(birth, good, hold).values
    assert folded(birth, good, hold, accept).held == ()
    assert folded(accept, hold, good, birth).values["answer/1"] == good.entry.hash


def test_an_accept_lifts_only_the_holds_it_has_seen():
    office, birth, good, _ = two_holders()
    accept = office.speak_of(Kind.ACCEPT, good, ctx=seen(birth, good))
    hold = office.speak_of(Kind.HOLD, good, ctx=seen(birth, good, accept))

    assert folded(birth, good, accept, hold).held == hashes(good)


def test_a_held_entry_is_replaced_only_by_who_has_seen_it_accepted():
    office, birth, good, foreign = one_holder()
    blind = Pen(ANNA, "5" * 16).visit({"answer/1": {"facts": "新"}}, seen(birth, good, foreign))
    accept = office.speak_of(Kind.ACCEPT, foreign, ctx=seen(birth, good, foreign))
    aware = Pen(ANNA, "6" * 16).visit({"answer/1": {"facts": "新"}}, seen(birth, good, foreign, accept))

    assert folded(birth, good, foreign, accept, blind).contests == (
        Contest("answer/1", hashes(foreign, blind)),
    )
    assert folded(birth, good, foreign, accept, aware).contests == ()


def test_what_was_on_hold_is_not_replaced_by_who_saw_it_on_hold():
    office, birth, good, _ = two_holders()
    hold = office.speak_of(Kind.HOLD, good, ctx=seen(birth, good))
    blind = Pen(BERT).visit(BAD, seen(birth, good, hold))
    accept = office.speak_of(Kind.ACCEPT, good, ctx=seen(birth, good, hold))
    before = Pen(BERT, "5" * 16).visit(BAD, seen(birth, good))
    aware = Pen(BERT, "6" * 16).visit(BAD, seen(birth, good, hold, accept))

    assert folded(birth, good, hold, accept, blind).contests == (Contest("answer/1", hashes(good, blind)),)
    assert folded(birth, good, hold, accept, before).contests == ()
    assert folded(birth, good, hold, accept, aware).contests == ()


def test_a_node_replaces_what_it_wrote_itself_also_while_that_is_held():
    office, birth, _, foreign = one_holder()
    again = Pen(BERT, "5" * 16).visit({"answer/1": {"facts": "更坏"}}, seen(birth, foreign))
    accept = office.speak_of(Kind.ACCEPT, foreign, again, ctx=seen(birth, foreign, again))

    assert folded(birth, foreign, again, accept).contests == ()
    assert folded(birth, foreign, again, accept).values["answer/1"] == again.entry.hash


def test_an_undone_entry_stops_writing_and_earlier_values_come_back():
    _, birth, good, _ = two_holders()
    bad = Pen(BERT).visit(BAD, seen(birth, good))

    state = folded(birth, good, bad, voids=[void_of(OFFICE, bad)])

    assert state.values["answer/1"] == good.entry.hash
    assert state.heads == hashes(good)
    assert state.ctx == seen(birth, good, bad)


def test_only_the_home_office_undoes():
    _, birth, good, _ = two_holders()

    assert folded(birth, good, voids=[void_of(OTHER_OFFICE, good)]) == folded(birth, good)


def test_a_record_whose_every_entry_is_undone_is_empty_but_known():
    _, birth, good, _ = two_holders()

    state = folded(birth, good, voids=[void_of(OFFICE, birth), void_of(OFFICE, good)])

    assert (state.is_empty, state.type, state.values, state.heads) == (True, "visit", {}, ())


def test_undoing_a_custody_move_does_not_change_who_could_write():
    office, birth, _, _ = two_holders()
    moved = office.visit(custody(BERT, n=2), seen(birth))
    later = Pen(BERT, "5" * 16).visit({"answer/2": {}}, seen(moved))

    state = folded(birth, moved, later, voids=[void_of(OFFICE, moved)])

    assert state.held == ()
    assert state.values["answer/2"] == later.entry.hash
    assert state.values["custody"] == birth.entry.hash


def test_resolving_a_conflict_closes_it():
    office, birth, good, bad = two_holders()
    resolve = office.resolve(BAD, seen(birth, good, bad))

    state = folded(birth, good, bad, resolve)

    assert (state.contests, state.held) == ((), ())
    assert state.values["answer/1"] == resolve.entry.hash


def test_an_answer_that_a_resolve_had_not_seen_opens_the_conflict_again():
    office, birth, good, bad = two_holders()
    resolve = office.resolve(BAD, seen(birth, good, bad))
    late = Pen(BERT, "5" * 16).visit({"answer/1": {"facts": "另"}}, seen(birth))

    assert folded(birth, good, bad, resolve, late).contests == (Contest("answer/1", hashes(resolve, late)),)


def test_a_resolve_that_settles_nothing_is_held():
    office, birth, good, bad = two_holders()
    one_sided = office.resolve(GOOD, seen(birth, bad))
    other_part = office.resolve({**BAD, "answer/2": {}}, seen(birth, good, bad))
    after_agreement = Pen(ANNA, "5" * 16).visit(GOOD, seen(birth, good, bad))
    too_late = office.resolve(BAD, seen(birth, good, bad, after_agreement))

    assert folded(birth, good, bad, one_sided).held == hashes(one_sided)
    assert folded(birth, good, bad, other_part).held == hashes(other_part)
    assert folded(birth, good, bad, after_agreement, too_late).held == hashes(too_late)


def test_a_resolve_that_was_accepted_later_is_a_side_against_who_saw_it_held():
    office, birth, good, _ = one_holder()
    idle = office.resolve(BAD, seen(birth, good))
    accept = office.speak_of(Kind.ACCEPT, idle, ctx=seen(birth, good, idle))
    answer = Pen(ANNA, "5" * 16).visit({"answer/1": {"facts": "另"}}, seen(birth, good, idle))
    resolve = office.resolve(GOOD, seen(birth, good, idle, accept, answer))

    assert folded(birth, good, idle, accept, answer).contests == (Contest("answer/1", hashes(idle, answer)),)
    assert folded(birth, good, idle, accept, answer, resolve).contests == ()


def test_a_held_write_is_no_side_of_a_conflict():
    office, birth, good, foreign = one_holder()
    own = office.visit(BAD, seen(birth))
    resolve = office.resolve(BAD, seen(birth, good, foreign, own))

    assert folded(birth, good, foreign, own, resolve).held == hashes(foreign, own, resolve)


def test_an_accepted_write_is_a_side_of_a_conflict():
    office, birth, good, foreign = one_holder()
    accept = office.speak_of(Kind.ACCEPT, foreign, ctx=seen(birth, good, foreign))
    resolve = office.resolve(BAD, seen(birth, good, foreign, accept))

    state = folded(birth, good, foreign, accept, resolve)

    assert (state.held, state.contests) == ((), ())


def test_both_branches_of_a_fork_count():
    office = Pen(OFFICE)
    birth = office.visit(custody(ANNA), home=OFFICE)
    anna = Pen(ANNA)
    twin = anna.fork()
    good, bad = anna.visit(GOOD, seen(birth)), twin.visit(BAD, seen(birth))
    chains = chain(good, bad)
    resolve = office.resolve(GOOD, {**seen(birth), **branches(good, bad)})

    state = folded(birth, good, bad, chains=chains)

    assert state.contests == (Contest("answer/1", hashes(good, bad)),)
    assert state.ctx == {**seen(birth), **branches(good, bad)}
    assert folded(birth, good, bad, resolve, chains=chains).contests == ()


def test_a_delete_that_has_seen_everything_deletes():
    office, birth, good, _ = two_holders()
    delete = office.visit({}, seen(birth, good), is_delete=True)

    state = folded(birth, good, delete)

    assert (state.is_deleted, state.contests) == (True, ())


def test_a_delete_never_hides_an_edit_its_author_had_not_seen():
    office, birth, good, bad = two_holders()
    delete = office.visit({}, seen(birth, good), is_delete=True)

    state = folded(birth, good, bad, delete)

    assert not state.is_deleted
    assert Contest(DELETED, hashes(delete)) in state.contests


def test_an_edit_of_a_deleted_record_asks_again():
    office, birth, _, _ = two_holders()
    delete = office.visit({}, seen(birth), is_delete=True)
    late = Pen(ANNA, "5" * 16).visit(GOOD, seen(birth, delete))

    assert folded(birth, delete, late).contests == (Contest(DELETED, hashes(delete)),)


@pytest.mark.parametrize("is_delete", [True, False])
def test_resolving_a_delete_closes_it(is_delete):
    office, birth, good, bad = two_holders()
    delete = office.visit({}, seen(birth, good), is_delete=True)
    resolve = office.resolve({}, seen(birth, good, bad, delete), is_delete=is_delete)

    state = folded(birth, good, bad, delete, resolve)

    assert state.is_deleted is is_delete
    assert DELETED not in [contest.part for contest in state.contests]


def test_a_concurrent_delete_and_restore_conflict():
    office, birth, good, _ = two_holders()
    delete = office.visit({}, seen(birth, good), is_delete=True)
    restore = Pen(ANNA, "5" * 16).visit({}, seen(birth, good), is_delete=False)

    assert folded(birth, good, delete, restore).contests == (Contest(DELETED, hashes(delete, restore)),)


def test_two_deletes_that_agree_delete():
    office, birth, good, _ = two_holders()
    deletes = [pen.visit({}, seen(birth, good), is_delete=True) for pen in (office, Pen(BERT, "5" * 16))]

    assert folded(birth, good, *deletes).is_deleted


def test_what_is_named_and_has_not_come_is_counted():
    _, birth, good, bad = two_holders()
    later = Pen(ANNA, "5" * 16).visit(GOOD, seen(birth, good, bad))

    assert folded(birth, later).missing == 2
    assert folded(birth, later).ctx == seen(birth, good, bad, later)
    assert folded(later).missing == 3


def test_a_record_whose_birth_has_not_come_has_no_type_and_waits():
    _, _, good, _ = two_holders()

    state = folded(good)

    assert (state.type, state.home, state.held, state.is_empty) == ("", None, hashes(good), True)


def test_two_that_claim_to_have_seen_each_other_are_both_shown():
    _, birth, _, _ = two_holders()
    anna, bert = Pen(ANNA, "5" * 16), Pen(BERT, "6" * 16)
    liar = bert.visit(BAD, {**seen(birth), anna.author.stream: ((9, "f" * 64),)})
    honest = anna.visit(GOOD, seen(birth, liar))

    assert folded(birth, liar, honest).contests == (Contest("answer/1", hashes(liar, honest)),)


def test_a_circle_of_lies_shows_everything():
    streams = [f"{ANNA}.{n * 16}" for n in "567"]
    birth = Pen(OFFICE).visit(custody(ANNA), home=OFFICE)
    liars = [
        Pen(ANNA, n * 16).visit({"answer/1": {"facts": n}}, {**seen(birth), of: ((9, "f" * 64),)})
        for n, of in zip("567", streams[1:] + streams[:1], strict=True)
    ]

    assert folded(birth, *liars).contests == (Contest("answer/1", hashes(*liars)),)


def test_a_child_folds_by_the_custody_of_its_owner():
    _, birth, _, _ = one_holder()
    photo = Pen(ANNA, "5" * 16).photo({"note": {"caption": "门"}}, owner_ctx=seen(birth), home=OFFICE)
    foreign = Pen(BERT, "5" * 16).photo({"note": {"caption": "假"}}, seen(photo), owner_ctx=seen(birth))

    state = folded(photo, foreign, owners=[birth])

    assert (state.owner_id, state.held) == (VISIT, hashes(foreign))
    assert state.values == {"note": photo.entry.hash}


def test_spans_are_read_and_malformed_ones_left_out():
    office = Pen(OFFICE)
    rows = [["s", 1, 2, "t"], ["s", 1, 2], ["s", "1", 2, "t"], 5, [1, 1, 2, "t"], ["s", 3, 4, "u"]]
    void = office.write(None, None, {"spans": {"spans": rows}}, kind=Kind.VOID)

    assert read_spans(void) == (Span("s", 1, 2, "t"), Span("s", 3, 4, "u"))


@pytest.mark.parametrize("parts", [{}, {"spans": {}}, {"spans": {"spans": 5}}])
def test_a_fact_without_spans_names_nothing(parts):
    assert read_spans(Pen(OFFICE).write(PHOTO, None, parts, kind=Kind.HOLD)) == ()


def test_withheld_spans_name_nothing():
    void = Pen(OFFICE).write(None, None, {"spans": {"spans": [["s", 1, 2, "t"]]}}, kind=Kind.VOID)

    assert read_spans(SignedEntry(void.data, void.entry, {"spans": Part(b"", None)})) == ()
