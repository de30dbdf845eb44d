import pytest

from desktop.domain.ancestry import Ancestry
from desktop.domain.authority import Authority, Origin
from desktop.domain.entry import Kind, Part, SignedEntry
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, SITE, VISIT, Pen, custody, seen

FINDING = {"answer/1": {"facts": "门锁坏"}}


def judge(signed, *log, offices=(OFFICE,), owners=()):
    """Whether ``signed`` counts in the log of its record; ``owners`` is the log of the visit it hangs on."""
    authority = Authority(
        frozenset(offices), Ancestry(), lambda record_id: owners if record_id == VISIT else ()
    )
    whole = [*log, signed]
    return authority.may_speak(signed, authority.origin_of(whole), whole)


def planned(*holders):
    office = Pen(OFFICE)
    return office, office.visit({"plan": {"mode": "暗访"}, **custody(*holders)}, home=OFFICE)


def without_part(signed, name):
    return SignedEntry(signed.data, signed.entry, {**signed.parts, name: Part(b"", None)})


def test_the_office_plans_and_the_holder_finds():
    _, birth = planned(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))

    assert judge(birth)
    assert judge(finding, birth)


def test_the_office_may_not_write_findings():
    office, birth = planned(ANNA)

    assert not judge(office.visit(FINDING, seen(birth)), birth)
    assert not judge(office.visit({**FINDING, "review": {"status": "通过"}}, seen(birth)), birth)
    assert judge(office.visit({"review": {"status": "通过"}}, seen(birth)), birth)


def test_an_office_that_holds_a_visit_itself_finds_too():
    office, birth = planned(OFFICE)

    assert judge(office.visit(FINDING, seen(birth)), birth)


def test_holders_write_nothing_but_findings():
    _, birth = planned(ANNA)
    anna = Pen(ANNA)

    assert not judge(anna.visit({"review": {"status": "通过"}}, seen(birth)), birth)
    assert not judge(anna.visit({"plan": {"mode": "明查"}}, seen(birth)), birth)
    assert not judge(anna.visit(custody(ANNA, BERT), seen(birth)), birth)


def test_all_holders_write_and_nobody_else():
    _, birth = planned(ANNA, BERT)

    assert judge(Pen(ANNA).visit(FINDING, seen(birth)), birth)
    assert judge(Pen(BERT).visit(FINDING, seen(birth)), birth)
    assert not judge(Pen("d" * 32).visit(FINDING, seen(birth)), birth)


def test_a_claimed_role_means_nothing():
    _, birth = planned(ANNA)
    stranger = Pen(BERT)
    stranger.author._role = "督查室主任"

    assert not judge(stranger.visit(FINDING, seen(birth)), birth)


def test_nothing_counts_until_the_birth_has_arrived_and_its_office_is_known():
    _, birth = planned(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))

    assert not judge(finding)
    assert not judge(birth, offices=())
    assert not judge(finding, birth, offices=(OTHER_OFFICE,))


def test_custody_is_judged_in_the_past_of_the_author_not_in_the_present():
    office, birth = planned(ANNA)
    before = Pen(ANNA).visit(FINDING, seen(birth))
    moved = office.visit(custody(BERT, n=2), seen(birth))

    assert judge(before, birth, moved)
    assert not judge(Pen(ANNA, "1" * 16).visit(FINDING, seen(moved)), birth, moved)
    assert judge(Pen(BERT).visit(FINDING, seen(moved)), birth, moved)
    assert not judge(Pen(BERT, "1" * 16).visit(FINDING, seen(birth)), birth, moved)


def test_after_concurrent_moves_both_new_holders_write():
    office, birth = planned(ANNA)
    twin = office.fork()
    moves = [office.visit(custody(ANNA, n=2), seen(birth)), twin.visit(custody(BERT, n=2), seen(birth))]
    stream = moves[0].entry.stream
    ctx = {stream: tuple(sorted((m.entry.seq, m.entry.hash) for m in moves))}
    chain = {s.entry.hash: (s.entry.seq, s.entry.prev) for s in (birth, *moves)}
    authority = Authority(frozenset({OFFICE}), Ancestry({stream: chain}), lambda _: ())

    assert authority.holders_in(ctx, [birth, *moves]) == {ANNA, BERT}


def test_custody_moves_of_others_than_the_home_office_mean_nothing():
    _, birth = planned(ANNA)
    grab = Pen(BERT).visit(custody(BERT, n=2), seen(birth))

    assert not judge(grab, birth)
    assert not judge(Pen(BERT, "1" * 16).visit(FINDING, seen(birth, grab)), birth, grab)
    assert judge(Pen(ANNA).visit(FINDING, seen(birth, grab)), birth, grab)


@pytest.mark.parametrize("holders", [None, "b" * 32, [5], [[]]])
def test_malformed_custody_names_nobody(holders):
    office = Pen(OFFICE)
    birth = office.visit({"custody": {"holders": holders, "n": 1}}, home=OFFICE)

    assert judge(birth)
    assert not judge(Pen(ANNA).visit(FINDING, seen(birth)), birth)


def test_withheld_custody_names_nobody_until_it_comes():
    _, birth = planned(ANNA)
    finding = Pen(ANNA).visit(FINDING, seen(birth))

    assert not judge(finding, without_part(birth, "custody"))


def test_an_unplanned_visit_is_born_at_the_node_that_holds_it():
    birth = Pen(ANNA).visit({**custody(ANNA), **FINDING}, home=OFFICE)

    assert judge(birth)
    assert judge(Pen(ANNA, "1" * 16).visit(FINDING, seen(birth)), birth)


@pytest.mark.parametrize("holders", [(BERT,), (ANNA, BERT), ()])
def test_an_unplanned_visit_cannot_be_born_for_others(holders):
    birth = Pen(ANNA).visit({**custody(*holders), **FINDING}, home=OFFICE)
    later = Pen(ANNA, "1" * 16).visit(FINDING, seen(birth))

    assert not judge(birth)
    assert not judge(later, birth)


def test_records_of_the_office_are_born_only_there():
    birth = Pen(ANNA).write(SITE, "unit", {"facts": {"name": "住建局"}}, home=OFFICE)

    assert not judge(birth)
    assert judge(Pen(OFFICE).write(SITE, "unit", {"facts": {"name": "住建局"}}, home=OFFICE))


def test_a_site_is_described_by_who_found_it_and_then_by_the_office():
    birth = Pen(ANNA).write(SITE, "site", {"facts": {"name": "工地"}}, home=OFFICE)

    assert judge(birth)
    assert judge(Pen(OFFICE).write(SITE, "site", {"facts": {"name": "工地北门"}}, seen(birth)), birth)
    assert not judge(Pen(ANNA, "1" * 16).write(SITE, "site", {"facts": {}}, seen(birth)), birth)
    assert not judge(Pen(BERT).write(SITE, "site", {"facts": {}}), birth)


def test_nobody_takes_over_a_record_by_making_it_again():
    _, birth = planned(ANNA)
    again = Pen(BERT).visit({**custody(BERT), **FINDING}, home=OFFICE)
    for_itself = Pen(BERT).visit({**custody(BERT), **FINDING}, home=BERT)
    finding = Pen(ANNA).visit(FINDING, seen(birth))

    for thief in (again, for_itself):
        assert not judge(thief, birth)
        assert not judge(Pen(BERT, "1" * 16).visit(FINDING, seen(birth, thief)), birth, thief)
        assert judge(finding, birth, thief)


def test_a_record_made_twice_by_one_node_counts_twice():
    anna = Pen(ANNA)
    twin = anna.fork()
    births = [pen.visit({**custody(ANNA), **FINDING}, home=OFFICE) for pen in (anna, twin)]

    assert all(judge(birth, *births) for birth in births)


def test_a_blind_write_does_not_make_its_author_a_holder():
    birth = Pen(ANNA).visit(custody(ANNA), home=OFFICE)

    assert not judge(Pen(BERT).visit({**custody(BERT), **FINDING}), birth)
    assert not judge(Pen(ANNA, "1" * 16).visit({**custody(ANNA), **FINDING}), birth)


def test_of_two_births_the_smaller_hash_counts_where_no_office_made_one():
    births = [Pen(node).visit(custody(node), home=OFFICE) for node in (ANNA, BERT)]
    first, second = sorted(births, key=lambda signed: signed.entry.hash)
    authority = Authority(frozenset({OFFICE}), Ancestry(), lambda _: ())

    assert authority.origin_of(births) == authority.origin_of(births[::-1])
    assert authority.origin_of(births) == Origin("visit", OFFICE, first.entry.node, None)
    assert judge(first, second)
    assert not judge(second, first)


def test_a_record_keeps_the_type_it_was_born_with():
    _, birth = planned(ANNA)
    office = Pen(OFFICE, "1" * 16)

    assert not judge(office.write(VISIT, "evidence", FINDING, seen(birth)), birth)
    assert not judge(Pen(ANNA).write(VISIT, "site", {"review": {"status": "通过"}}, seen(birth)), birth)
    assert not judge(Pen(ANNA).write(VISIT, None, FINDING, seen(birth)), birth)


def test_a_type_of_a_newer_program_is_spoken_for_by_its_office():
    birth = Pen(OFFICE).write(SITE, "case", {"facts": {}}, home=OFFICE)

    assert judge(birth)
    assert not judge(Pen(ANNA).write(SITE, "case", {"facts": {}}, seen(birth)), birth)


def test_a_part_of_a_newer_program_is_written_by_office_and_holders():
    office, birth = planned(ANNA)
    parts = {"mood": {}}

    assert judge(office.visit(parts, seen(birth)), birth)
    assert judge(Pen(ANNA).visit(parts, seen(birth)), birth)
    assert not judge(Pen(BERT).visit(parts, seen(birth)), birth)


@pytest.mark.parametrize("is_delete", [True, False])
def test_office_and_holders_delete_and_restore(is_delete):
    office, birth = planned(ANNA)

    assert judge(office.visit({}, seen(birth), is_delete=is_delete), birth)
    assert judge(Pen(ANNA).visit({}, seen(birth), is_delete=is_delete), birth)
    assert not judge(Pen(BERT).visit({}, seen(birth), is_delete=is_delete), birth)


def test_evidence_is_added_by_those_who_hold_its_visit():
    _, birth = planned(ANNA)
    parts = {"original": {"sha256": "e" * 64}}

    assert judge(Pen(ANNA).photo(parts, owner_ctx=seen(birth), home=OFFICE), owners=[birth])
    assert not judge(Pen(BERT).photo(parts, owner_ctx=seen(birth), home=OFFICE), owners=[birth])
    assert not judge(Pen(OFFICE).photo(parts, owner_ctx=seen(birth), home=OFFICE), owners=[birth])
    assert not judge(Pen(ANNA).photo(parts, home=OFFICE), owners=[birth])


def test_evidence_waits_until_the_past_of_its_visit_has_arrived():
    office, birth = planned(ANNA)
    moved = office.visit(custody(BERT, n=2), seen(birth))
    seen_later = Pen(BERT).visit(FINDING, seen(moved))
    photo = Pen(ANNA).photo({}, owner_ctx=seen(birth), home=OFFICE)
    late = Pen(ANNA).photo({"original": {}}, owner_ctx=seen(moved, seen_later), home=OFFICE)
    right = Pen(BERT, "1" * 16).photo({"original": {}}, owner_ctx=seen(moved, seen_later), home=OFFICE)

    assert judge(photo, owners=[birth])
    for owners in ([], [birth], [birth, moved], [birth, seen_later]):
        assert not judge(late, owners=owners)
        assert not judge(right, owners=owners)
    assert not judge(late, owners=[birth, moved, seen_later])
    assert judge(right, owners=[birth, moved, seen_later])


def test_evidence_cannot_be_moved_to_a_visit_somebody_else_holds():
    _, birth = planned(ANNA)
    photo = Pen(ANNA).photo({"note": {}}, owner_ctx=seen(birth), home=OFFICE)
    own_visit = Pen(BERT).visit(custody(BERT), home=OFFICE)
    moved = Pen(BERT, "1" * 16).write(
        photo.entry.record_id, "evidence", {"note": {}}, seen(photo), owner=None
    )

    assert not judge(moved, photo, owners=[birth, own_visit])


def test_an_owner_does_not_help_where_a_record_has_none():
    _, birth = planned(ANNA)
    stranger = Pen(BERT)
    lie = stranger.photo({}, owner_ctx=seen(birth)).entry.owner
    finding = stranger.visit(FINDING, seen(birth), owner=lie)

    assert not judge(finding, birth, owners=[stranger.visit(custody(BERT), home=OFFICE)])


def test_a_resolve_comes_from_the_home_office_and_gives_a_reason():
    office, birth = planned(ANNA)
    ctx = seen(birth)

    assert judge(office.resolve(FINDING, ctx), birth)
    assert not judge(office.resolve(FINDING, ctx, reason=None), birth)
    assert not judge(Pen(ANNA).resolve(FINDING, ctx), birth)
    assert not judge(Pen(OTHER_OFFICE).resolve(FINDING, ctx), birth, offices=(OFFICE, OTHER_OFFICE))


def test_facts_beside_a_finding_need_no_right_of_their_own():
    _, birth = planned(ANNA)
    correction = Pen(ANNA).visit({**FINDING, "reason": {"text": "笔误"}}, seen(birth))

    assert judge(correction, birth)


def test_a_hold_moves_no_custody():
    office, birth = planned(ANNA)
    hold = office.write(VISIT, "visit", custody(BERT), seen(birth), Kind.HOLD)

    assert not judge(Pen(BERT).visit(FINDING, seen(hold)), birth, hold)
    assert not judge(Pen(BERT).photo({"note": {}}, owner_ctx=seen(hold), home=OFFICE), owners=[birth, hold])
