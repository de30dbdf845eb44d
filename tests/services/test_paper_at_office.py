"""The office keys in what others noted on paper: it takes the visit over, names who was there, and signs it off."""

from dataclasses import replace

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.begin_unplanned_visit import UnplannedVisit, unplanned_choices
from desktop.services.missions.enter_from_paper import PaperVisit, enter_from_paper
from desktop.services.missions.paper_choices import paper_choices
from desktop.services.missions.seal_mission import seal_mission
from desktop.services.missions.withdraw_mission import withdraw_mission
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.find_visits import VisitState, find_visits
from desktop.services.visits.finish_visit import finish_visit, submit_visit
from desktop.services.visits.show_visit import show_visit
from tests.media.picture_samples import jpeg
from tests.services.worlds import FAST, events, rows

BEGAN, ENDED = "2026-11-19T14:00:00+08:00", "2026-11-19T15:10:00+08:00"
NAMES = {"leader": "欧阳㛃", "team": ("王五",)}


def entered(world, workspace=None, **changes):
    paper = PaperVisit(world.visits[0], BEGAN, ENDED, (world.file("scan.jpg", jpeg()),), **NAMES)
    return enter_from_paper(workspace or world.office, replace(paper, **changes))


def keyed_in(world):
    visit_id = entered(world)
    save_answer(world.office, visit_id, Answer(1), open_visit(world.office, visit_id).base_ctx)
    return visit_id


def mission_of(world):
    return read_visit(world.office.db, world.visits[0]).text("mission_id")


class TestEntering:
    def test_a_visit_of_a_laptop_that_nobody_has_begun_is_taken_over(self, world):
        before = read_visit(world.office.db, world.visits[0])
        assert world.office.node not in before.holders

        visit_id = entered(world)

        view = read_visit(world.office.db, visit_id)
        assert visit_id == world.visits[0]
        assert set(view.holders) == {*before.holders, world.office.node}
        opened = open_visit(world.office, visit_id)
        assert (opened.is_from_paper, opened.head.started_at, len(opened.scans)) == (True, BEGAN, 1)
        assert (opened.head.leader, opened.head.team) == ("欧阳㛃", ("王五",))
        assert {"assigned", "from_paper"} <= set(events(world.office))

    def test_it_is_keyed_in_signed_by_its_leader_and_counts(self, world):
        signed = finish_visit(world.office, keyed_in(world), "好")

        assert rows(world.office, "visits")[0]["signed"]
        shown = show_visit(world.office, signed.visit_id)
        assert shown.is_from_paper
        (signature,) = read_visit(world.office.db, signed.visit_id).signatures
        assert (signature["role"], signature["signer"]) == ("组长", "欧阳㛃")
        (line,) = [row for row in find_visits(world.office).rows if row.id == signed.visit_id]
        assert (line.state, line.is_from_paper, line.is_held_here) == (VisitState.SIGNED, True, True)

    def test_the_laptop_learns_of_it_and_nothing_is_in_conflict(self, world):
        finish_visit(world.office, keyed_in(world), "好")
        world.merge(world.anna, world.mission_package(world.anna))

        assert read_visit(world.anna.db, world.visits[0]).is_signed
        assert rows(world.anna, "visits")[0]["status"] == "已提交"

    def test_entered_again_scans_are_added_and_names_stay(self, world):
        visit_id = entered(world)
        more = (world.file("more.jpg", jpeg((50, 50))),)
        entered(world, started_at="", ended_at="", scans=more, leader="", team=())

        opened = open_visit(world.office, visit_id)
        assert (opened.head.leader, opened.head.team, len(opened.scans)) == ("欧阳㛃", ("王五",), 2)

    def test_what_a_laptop_has_recorded_is_not_taken_over(self, world):
        world.record(world.anna, world.visits[0], started_at=BEGAN)
        world.bring(world.anna)

        with pytest.raises(UserError, match="未下达到本机"):
            entered(world)
        assert world.office.node not in read_visit(world.office.db, world.visits[0]).holders

    def test_a_visit_of_a_withdrawn_mission_is_refused_and_stays_as_it_was(self, world):
        withdraw_mission(world.office, mission_of(world), "取消")

        with pytest.raises(UserError):
            entered(world)
        assert world.office.node not in read_visit(world.office.db, world.visits[0]).holders

    def test_a_visit_that_is_sealed_is_neither_offered_nor_taken_over(self, world):
        plan = world.plan(title="暗访", mode="暗访", cover_name="材料核对", leader="欧阳㛃")
        seal_mission(world.office, plan.id, "leader-passphrase", cost=FAST)
        assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
        (sealed,) = plan.visits

        assert sealed not in {visit.id for visit in paper_choices(world.office).visits}
        with pytest.raises(UserError, match="未下达到本机"):
            entered(world, visit=sealed)

    def test_laptops_take_over_nothing(self, world):
        with pytest.raises(UserError):
            entered(world, world.anna, visit=world.visits[1])


class TestUnplanned:
    def test_a_visit_nobody_planned_belongs_to_the_mission_that_is_named(self, world):
        checklist = unplanned_choices(world.office).checklists[0]
        new = UnplannedVisit("澄湖区", "新工地", checklist.id, "明查", mission_of(world))

        visit_id = entered(world, visit=new)

        view = read_visit(world.office.db, visit_id)
        assert view.text("mission_id") == mission_of(world)
        assert (view.text("leader"), view.team) == ("欧阳㛃", ("王五",))

    def test_a_mission_that_was_withdrawn_takes_no_more_visits(self, world):
        checklist = unplanned_choices(world.office).checklists[0]
        withdraw_mission(world.office, mission_of(world), "取消")
        count = len(rows(world.office, "visits"))

        with pytest.raises(UserError):
            entered(world, visit=UnplannedVisit("澄湖区", "", checklist.id, "明查", mission_of(world)))
        assert len(rows(world.office, "visits")) == count


class TestClerk:
    def test_somebody_has_to_be_named(self, world):
        with pytest.raises(UserError, match="未写明带队检查的组长"):
            entered(world, leader="", team=())
        assert world.office.node not in read_visit(world.office.db, world.visits[0]).holders

    @pytest.mark.parametrize("names", [{"leader": "张三"}, {"leader": "李四", "team": ("张三",)}])
    def test_who_inspected_does_not_key_in_at_the_office(self, world, names):
        with pytest.raises(UserError, match="“张三”是检查人员"):
            entered(world, **names)

    def test_names_that_were_changed_among_the_particulars_are_looked_at_before_it_is_submitted(self, world):
        visit_id = keyed_in(world)
        opened = open_visit(world.office, visit_id)
        changed = replace(opened.head, team=("张三",))
        save_head(world.office, visit_id, changed, opened.base_ctx)

        with pytest.raises(UserError, match="“张三”是检查人员"):
            submit_visit(world.office, visit_id, changed)

    def test_the_same_holds_for_a_file(self, world):
        visit = {"unit": "澄湖区", "checklist": "ZWDT-2026-V1", "is_from_paper": True, "started_at": BEGAN}

        with pytest.raises(UserError, match="未写明带队检查的组长"):
            world.record(world.office, **visit)
        with pytest.raises(UserError, match="“张三”是检查人员"):
            world.record(world.office, **visit, leader="张三")
        assert world.record(world.office, **visit, leader="王五").is_new

    def test_a_team_keys_in_its_own_paper_on_its_laptop(self, world):
        visit_id = entered(world, world.anna, leader="", team=())

        assert open_visit(world.anna, visit_id).head.leader == "欧阳㛃"


class TestChoices:
    def test_the_office_offers_what_nobody_has_begun_and_what_it_is_at_itself(self, world):
        world.record(world.anna, world.visits[2], started_at=BEGAN)
        world.bring(world.anna)
        visit_id = entered(world)

        choices = paper_choices(world.office)

        assert choices.is_at_office
        assert {visit.id for visit in choices.visits} == {visit_id, world.visits[1]}
        assert all("澄湖区" in visit.name for visit in choices.visits)
        assert [mission.title for mission in choices.missions] == ["一季度督查"]
        finish_visit(world.office, keyed_in(world), "好")
        assert {visit.id for visit in paper_choices(world.office).visits} == {world.visits[1]}

    def test_a_mission_tells_who_was_to_go(self, world):
        plan = world.plan(title="二季度督查", leader="欧阳㛃", team=["王五"])
        assert len(paper_choices(world.office).missions) == 1

        assign_to_office(world, plan.id)

        team = next(m.team for m in paper_choices(world.office).missions if m.id == plan.id)
        assert (team.leader, team.members) == ("欧阳㛃", ("王五",))

    def test_names_of_the_plan_stay_and_are_changed_with_a_reason_only(self, world):
        plan = world.plan(title="二季度督查", leader="欧阳㛃", team=["王五"])
        assign_to_office(world, plan.id)

        visit_id = entered(world, visit=next(iter(plan.visits)), leader="赵六", team=())

        assert open_visit(world.office, visit_id).head.inspectors == ("欧阳㛃", "王五")

    def test_a_laptop_offers_its_own_and_asks_for_no_mission(self, world):
        choices = paper_choices(world.anna)

        assert (choices.is_at_office, choices.missions) == (False, ())
        assert {visit.id for visit in choices.visits} == {world.visits[0], world.visits[2]}


def assign_to_office(world, mission_id):
    assign_visits(world.office, mission_id, find_node_by_name(world.office, world.office.node))
