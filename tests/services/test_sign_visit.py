import hashlib
import json

import pytest

from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.save_findings import save_findings
from desktop.services.visits.sign_visit import shown_parts, sign_visit
from desktop.storage.drafts import all_drafts
from desktop.storage.entries import load_log
from tests.services.worlds import dump, events


@pytest.fixture
def visit(world):
    world.file("a.txt")
    world.record(
        world.anna,
        world.visits[0],
        leader="李四",
        team=["李四", "王五"],
        conclusion="有空岗",
        site={"name": "一号大厅"},
        answers=[
            {"item": 1, "deduct": "2.5", "facts": "窗口空岗"},
            {"item": 7, "deduct": 5, "veto": True, "fixed_on_site": True},
            {"item": 11, "applicable": False},
        ],
        observations=[
            {"at": "09:40", "place": "3号窗口", "fact": "离岗"},
            {"at": "09:50", "fact": "主动引导", "good": True},
        ],
        evidence=[{"path": "a.txt", "caption": "3号窗口"}],
    )
    return world.visits[0]


def signature(world, visit):
    (row,) = read_visit(world.anna.db, visit).signatures
    return row


def test_a_signature_covers_every_finding_and_the_evidence_by_hash(world, visit):
    signed = sign_visit(world.anna, visit)

    row = signature(world, visit)
    view = read_visit(world.anna.db, visit)
    covers = json.loads(row["covers"])
    expected = {"header", *(f"answer/{n}" for n in (1, 7, 11))}
    expected |= {f"observation/{observation['key']}" for observation in view.observations}
    assert set(covers) == expected
    assert signed.parts == len(expected)
    assert json.loads(row["evidence"]) == [hashlib.sha256(b"evidence").hexdigest()]
    assert (row["signer"], row["role"]) == ("李四", "组长")
    assert row["checklist_hash"] == view.text("checklist_hash")
    assert signed.text_sha256 == row["text_sha256"]
    assert events(world.anna)[-1] == "signed"


def test_the_hashes_it_covers_are_those_of_the_parts_in_the_log(world, visit):
    sign_visit(world.anna, visit)

    hashes = set(json.loads(signature(world, visit)["covers"]).values())
    entries = world.anna.db.execute("SELECT bytes FROM entry WHERE record_id = ?", [visit]).fetchall()
    named = {digest for (data,) in entries for digest in json.loads(data)["parts"].values()}
    assert hashes <= named


def test_the_text_that_was_shown_is_the_text_that_was_signed(world, visit):
    view = read_visit(world.anna.db, visit)
    text = visit_text(world.anna, view)

    assert sign_visit(world.anna, visit).text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    for line in (
        "单位：澄湖区人民政府",
        "点位：一号大厅",
        "检查方式：明查",
        "组长：李四",
        "成员：李四、王五",
        "第1项：扣2.50分",
        "　事实：窗口空岗",
        "第7项：扣5.00分，触发否决，立行立改",
        "第11项：不适用",
        "09:40 3号窗口 离岗（差）",
        "09:50  主动引导（好）",
        f"证据 {hashlib.sha256(b'evidence').hexdigest()} 3号窗口",
    ):
        assert f"{line}\n" in text


def test_the_same_visit_gives_the_same_text_at_the_office(world, visit):
    world.bring(world.anna)

    texts = [visit_text(node, read_visit(node.db, visit)) for node in (world.anna, world.office)]

    assert texts[0] == texts[1]


def test_a_later_change_is_visibly_not_covered(world, visit):
    sign_visit(world.anna, visit)
    covers = json.loads(signature(world, visit)["covers"])
    with world.anna.db.atomic():
        save_findings(world.anna, visit, "visit", {"answer/1": {"deduct_e4": 0, "is_applicable": True}})
    world.bring(world.anna)

    shown = shown_parts(load_log(world.office.db, visit), world.office)

    assert {part for part, digest in shown.items() if covers.get(part) != digest} == {"answer/1"}


def test_drafts_are_part_of_what_is_signed(world, visit):
    save_findings(world.anna, visit, "visit", {"answer/2": {"deduct_e4": 0, "is_applicable": True}})

    sign_visit(world.anna, visit)

    assert "answer/2" in json.loads(signature(world, visit)["covers"])
    assert all_drafts(world.anna.db) == []


def test_others_sign_before_the_leader_and_nobody_after_him(world, visit):
    sign_visit(world.anna, visit, signer="王五", role="督查员")
    sign_visit(world.anna, visit)

    for role in ("组长", "督查员"):
        with pytest.raises(UserError, match="已签发"):
            sign_visit(world.anna, visit, role=role)
    signers = {row["signer"] for row in read_visit(world.anna.db, visit).signatures}
    assert signers == {"李四", "王五"}


def test_without_a_leader_the_person_who_works_signs(world):
    world.record(world.anna, world.visits[0], answers=[], observations=[{"at": "9:00", "fact": "x"}])

    sign_visit(world.anna, world.visits[0])

    assert signature(world, world.visits[0])["signer"] == "欧阳㛃"


def test_nobody_signs_whom_the_workspace_does_not_know(world, visit):
    before = dump(world.anna)

    for name in ("韩立新", "李四五", "x" * 5000):
        with pytest.raises(UserError, match="人员名册"):
            sign_visit(world.anna, visit, name)
    assert dump(world.anna) == before


@pytest.mark.parametrize(
    ("given", "signer"), [("王五", "王五"), ("欧阳㛃", "欧阳㛃"), ("  李四 ", "李四"), (" ", "李四")]
)
def test_the_team_and_the_people_on_record_may_sign(world, visit, given, signer):
    sign_visit(world.anna, visit, given)

    assert signature(world, visit)["signer"] == signer


def test_the_team_of_the_mission_may_sign(world):
    plan = world.plan(leader="韩立新", team=["苏㛃"])
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))
    (visit,) = plan.visits
    world.record(world.anna, visit)

    sign_visit(world.anna, visit, "苏㛃")

    assert signature(world, visit)["signer"] == "苏㛃"


def test_a_visit_is_signed_only_where_it_is_held_and_only_with_findings(world, visit):
    world.bring(world.anna)

    with pytest.raises(UserError, match="不由本机承担"):
        sign_visit(world.office, visit)
    with pytest.raises(UserError, match="尚无检查内容"):
        sign_visit(world.anna, world.visits[2])


def test_a_refused_signature_leaves_the_drafts_where_they_are(world, visit):
    sign_visit(world.anna, visit)
    save_findings(world.anna, visit, "visit", {"answer/2": {"deduct_e4": 0}})
    before = dump(world.anna)

    with pytest.raises(UserError):
        sign_visit(world.anna, visit)

    assert dump(world.anna) == before
