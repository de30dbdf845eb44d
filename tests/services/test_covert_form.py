"""F02 says all that the office may know, F02b nothing of route, team and codes, down to its bytes."""

from dataclasses import dataclass, replace
from io import BytesIO

import pytest

from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from desktop.services.printing.covert_form import covert_feedback, covert_record
from desktop.services.printing.departure_papers import departure_papers
from desktop.services.printing.print_form import print_form
from desktop.services.visits.edit_visit import open_visit, save_head
from desktop.services.visits.finish_visit import finish_visit, submit_visit
from desktop.services.visits.note_observation import Observation, note_observation
from desktop.services.visits.sign_by_hand import RefusalToSign, record_refusal
from desktop.services.visits.signing_sheet import signing_sheet
from tests.services.test_covert_mission import COVERT, DEPARTURE_MS, LEADERS
from tests.services.worlds import FAST


@dataclass(frozen=True)
class SealedMission:
    id: str
    visit_ids: tuple[str, ...]


@pytest.fixture
def sealed(world):
    """A sealed mission that lies on anna's laptop."""
    plan = world.plan(**COVERT, no="DC2026-09-0001")
    seal_mission(world.office, plan.id, LEADERS, cost=FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))
    return SealedMission(plan.id, tuple(plan.visits))


@pytest.fixture
def opened(world, sealed):
    world.clock.now_ms = DEPARTURE_MS + 60_000
    unseal_mission(world.anna, sealed.id, LEADERS)
    return sealed


def note(world, visit_id, *seen):
    visit = open_visit(world.anna, visit_id)
    for each in seen:
        world.clock.go_on(180_000)
        note_observation(world.anna, visit_id, each, visit.base_ctx)


def finished(world, visit_id, **changes):
    """The visit recorded by a team, with ``changes`` of its head, signed."""
    note(world, visit_id, Observation("3号窗口空岗", "一楼", 960), Observation("主动引导老人", is_good=True))
    visit = open_visit(world.anna, visit_id)
    head = replace(visit.head, identity_shown_at="2026-11-21T18:00:00+08:00", unit_opinion="属实", **changes)
    save_head(world.anna, visit_id, head, visit.base_ctx)
    finish_visit(world.anna, visit_id, "空岗一次。")


def pdf(workspace, code, *ids, **options):
    out = BytesIO()
    print_form(workspace, code, ids, out, **options)
    return out.getvalue()


def test_record_says_what_was_seen_by_whom_and_on_which_route(world, opened):
    finished(world, opened.visit_ids[0], remark="小雨")

    record = covert_record(world.anna, opened.visit_ids[0])

    assert [(line.fact, line.place, line.duration_s, line.is_good) for line in record.shown.lines] == [
        ("3号窗口空岗", "一楼", 960, False),
        ("主动引导老人", "", 0, True),
    ]
    assert (record.leader, record.members, record.route) == ("侯八", ("乔十",), COVERT["route"])
    assert (record.number, record.remark, record.shown.unit) == ("DC2026-09-0001", "小雨", "澄湖区人民政府")
    assert record.shown.conclusion == "空岗一次。"


def test_version_for_the_unit_has_the_same_bytes_whoever_went_and_whatever_they_remarked(world, opened):
    (first, _second) = opened.visit_ids
    finished(world, first, leader="侯八", team=("乔十",), remark="线人甲带路")
    before = pdf(world.anna, "F02b", first)
    other = covert_feedback(world.anna, first)
    world.anna.db.execute(
        "UPDATE visit SET leader = '别人', team = '[\"代号07\"]', remark = '', witness = ''"
    )
    world.anna.db.execute("UPDATE mission SET no = 'X-1', code = '9911'")

    assert covert_feedback(world.anna, first) == other
    assert pdf(world.anna, "F02b", first) == before
    assert pdf(world.anna, "F02", first) != before


def test_a_refusal_noted_at_the_pad_stands_on_the_record_with_its_time_and_inspectors(world, opened):
    (visit_id, _other) = opened.visit_ids
    note(world, visit_id, Observation("3号窗口空岗"))
    head = replace(open_visit(world.anna, visit_id).head, leader="侯八", team=("乔十",))
    submit_visit(world.anna, visit_id, head)
    before = pdf(world.anna, "F02b", visit_id)
    refusal = RefusalToSign("陈主任", "不愿签字", ("侯八", "乔十"))
    record_refusal(world.anna, visit_id, refusal, signing_sheet(world.anna, visit_id).text_sha256)

    record = covert_record(world.anna, visit_id)

    assert (record.shown.refusal, record.refusal_seen_by) == ("不愿签字", ("侯八", "乔十"))
    assert record.shown.refused_at is not None
    assert record.shown == covert_feedback(world.anna, visit_id)
    assert pdf(world.anna, "F02b", visit_id) != before
    assert covert_record(world.anna, visit_id, is_blank=True).shown.refusal == ""


def test_a_refusal_in_the_particulars_stands_on_the_record_with_its_witness(world, opened):
    team = {"leader": "侯八", "team": ("乔十",)}
    finished(world, opened.visit_ids[0], refused_reason="拒不签字", witness="村委会李某", **team)

    record = covert_record(world.anna, opened.visit_ids[0])

    assert (record.shown.refusal, record.shown.refused_at, record.witness) == ("拒不签字", None, "村委会李某")
    assert covert_record(world.anna, opened.visit_ids[0], is_blank=True).witness == ""


def test_blank_record_has_its_head_from_the_plan_and_nothing_that_was_seen(world, opened):
    note(world, opened.visit_ids[0], Observation("3号窗口空岗"))
    finish_visit(world.anna, opened.visit_ids[0], "")

    record = covert_record(world.anna, opened.visit_ids[0], is_blank=True)

    assert (record.leader, record.members, record.route) == ("侯八", ("乔十",), COVERT["route"])
    assert (record.shown.unit, record.shown.lines, record.shown.visited_at) == ("澄湖区人民政府", (), None)


def test_without_ids_only_visits_with_observations_are_printed(world, opened):
    finished(world, opened.visit_ids[0])

    report = print_form(world.anna, "F02", [], BytesIO())

    assert (report.pages, report.left_out) == (1, 3)


def test_blank_records_are_printed_for_the_covert_visits(world, opened):
    report = print_form(world.anna, "F02", [], BytesIO(), is_blank=True)

    assert report.pages == 2 * len(opened.visit_ids)


def test_papers_of_a_covert_mission_hold_its_covert_record(world, opened):
    papers = departure_papers(world.anna, opened.id)

    assert [paper.visit.unit for paper in papers] == ["澄湖区人民政府", "云泽市政务服务和大数据管理局"]
    for paper in papers:
        assert paper.covert is not None
        assert paper.covert.route == COVERT["route"]
        assert paper.visit.is_blank
        assert paper.evidence.unit == paper.visit.unit
        assert paper.interview.dialogue == ()


def test_papers_of_an_announced_mission_have_no_covert_record(world):
    mission = world.anna.db.execute("SELECT id FROM mission").fetchone()[0]

    assert [paper.covert for paper in departure_papers(world.anna, mission)] == [None] * len(
        departure_papers(world.anna, mission)
    )
    assert pdf(world.anna, "P01").startswith(b"%PDF")


def test_a_sealed_mission_has_no_papers_before_it_is_opened(world, sealed):
    with pytest.raises(UserError, match="启封"):
        departure_papers(world.anna, sealed.id)


def test_a_visit_without_interviews_has_no_record_of_one(world):
    with pytest.raises(UserError, match="没有谈话记录"):
        pdf(world.anna, "F04", world.visits[0])
    with pytest.raises(UserError):
        pdf(world.anna, "F04")
