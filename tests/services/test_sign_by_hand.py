import base64
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from desktop.domain.answer import Answer
from desktop.domain.signing import INSPECTOR, LEADER, UNIT, WITNESS
from desktop.errors import UserError
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.records.visit_text import visit_text, visit_texts
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.correct_visit import correct_answer
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.finish_visit import finish_visit, reopen_visit, submit_visit
from desktop.services.visits.show_signatures import shown_signatures, signed_text
from desktop.services.visits.sign_by_hand import RefusalToSign, TextChangedError, record_refusal
from desktop.services.visits.sign_visit import sign_visit, text_hash
from desktop.services.visits.signing_sheet import signing_sheet
from desktop.storage.records import find_row
from tests.services.signing_hands import LEADER_NAME, NAME, TEAM, UNIT_REP, sign, states, submitted_visit
from tests.services.worlds import dump, events


@pytest.fixture
def visit(world):
    return submitted_visit(world)


def view_of(world, visit, node="anna"):
    return read_visit(getattr(world, node).db, visit)


def shown(world, visit, node="anna"):
    workspace = getattr(world, node)
    return {
        (each.role, each.signer): each for each in shown_signatures(workspace, view_of(world, visit, node))
    }


def refuse(world, visit, **changes):
    said = {"signer": UNIT_REP, "reason": "负责人不愿签字", "witnesses": TEAM} | changes
    return record_refusal(
        world.anna, visit, RefusalToSign(**said), signing_sheet(world.anna, visit).text_sha256
    )


def test_the_sheet_names_everybody_who_should_sign(world, visit):
    sheet = signing_sheet(world.anna, visit)

    assert list(states(sheet)) == [
        (UNIT, UNIT_REP),
        (INSPECTOR, "王五"),
        (INSPECTOR, "李四"),
        (LEADER, LEADER_NAME),
    ]
    assert set(states(sheet).values()) == {"not_yet"}
    assert sheet.text == visit_text(world.anna, view_of(world, visit))
    assert (sheet.is_signed, sheet.is_corrected, sheet.inspectors) == (False, False, (LEADER_NAME, *TEAM))


def test_what_is_signed_is_the_hash_of_exactly_the_text_that_was_shown(world, visit):
    sheet = signing_sheet(world.anna, visit)
    sign(world, visit, UNIT, UNIT_REP, sheet.text_sha256)

    (row,) = view_of(world, visit).signatures
    assert row["text_sha256"] == sheet.text_sha256
    assert set(json.loads(row["covers"])) == {"header", "answer/1"}
    assert json.loads(row["strokes"]) == [[list(point) for point in stroke] for stroke in NAME]
    assert Image.open(BytesIO(base64.b64decode(row["picture"]))).size == (500, 200)
    assert shown(world, visit)[UNIT, UNIT_REP].strokes == NAME
    assert events(world.anna)[-1] == "signed_by_hand"


def test_what_others_sign_does_not_freeze_the_visit(world, visit):
    sign(world, visit, UNIT, UNIT_REP)
    sign(world, visit, INSPECTOR, "王五")

    assert not view_of(world, visit).is_signed
    assert open_visit(world.anna, visit).is_submitted
    reopen_visit(world.anna, visit)
    assert open_visit(world.anna, visit).is_open


def test_the_hand_of_the_leader_freezes_it(world, visit):
    sign(world, visit, LEADER, LEADER_NAME)

    assert view_of(world, visit).is_signed
    assert states(signing_sheet(world.anna, visit))[LEADER, LEADER_NAME] == "signed"
    assert events(world.anna)[-1] == "signed"


def test_everybody_may_still_sign_the_same_text_after_the_leader_signed_it_off(world, visit):
    sign_visit(world.anna, visit)
    assert states(signing_sheet(world.anna, visit))[LEADER, LEADER_NAME] == "signed_off"
    for role, name in ((UNIT, UNIT_REP), (INSPECTOR, "王五"), (LEADER, LEADER_NAME)):
        sign(world, visit, role, name)

    sheet = signing_sheet(world.anna, visit)
    assert [line.state.value for line in sheet.lines] == ["signed", "signed", "not_yet", "signed"]
    assert [line.may_sign for line in sheet.lines] == [False, False, True, False]
    assert events(world.anna).count("signed") == 1


def test_a_visit_that_is_still_being_recorded_is_not_signed_by_hand(world):
    with pytest.raises(UserError, match="仍在记录中"):
        signing_sheet(world.anna, world.visits[0])


def test_what_changed_since_it_was_shown_is_not_signed(world, visit):
    old = signing_sheet(world.anna, visit).text_sha256
    reopen_visit(world.anna, visit)
    opened = open_visit(world.anna, visit)
    save_answer(world.anna, visit, Answer(2, deduct=Decimal(1)), opened.base_ctx)
    submit_visit(world.anna, visit, open_visit(world.anna, visit).head)
    before = dump(world.anna)

    with pytest.raises(TextChangedError):
        sign(world, visit, UNIT, UNIT_REP, old)
    assert dump(world.anna) == before


def test_098_an_edit_after_the_signature_shows_it_as_covering_the_version_before(world, visit):
    sign(world, visit, UNIT, UNIT_REP)
    text = signing_sheet(world.anna, visit).text
    sign(world, visit, LEADER, LEADER_NAME)
    world.clock.go_on()
    correct_answer(world.anna, visit, Answer(1, deduct=Decimal(4), facts="两个窗口"), "复核录像")
    world.bring(world.anna)

    for node in ("anna", "office"):
        of_unit = shown(world, visit, node)[UNIT, UNIT_REP]
        assert (of_unit.version, of_unit.newest, of_unit.is_current) == (1, 2, False)
        earlier = signed_text(getattr(world, node), visit, of_unit.key)
        assert (earlier.text, earlier.is_proved) == (text, True)
    sheet = signing_sheet(world.anna, visit)
    assert sheet.is_corrected
    assert states(sheet)[UNIT, UNIT_REP] == "outdated"
    with pytest.raises(UserError, match="更正"):
        sign(world, visit, INSPECTOR, "王五")


def test_a_submit_that_is_taken_back_and_done_again_changes_nothing_that_was_signed(world, visit):
    sign(world, visit, UNIT, UNIT_REP)
    reopen_visit(world.anna, visit)
    assert shown(world, visit)[UNIT, UNIT_REP].is_current
    submit_visit(world.anna, visit, open_visit(world.anna, visit).head)

    of_unit = shown(world, visit)[UNIT, UNIT_REP]
    assert (of_unit.version, of_unit.newest, of_unit.is_current) == (1, 1, True)


def test_another_caption_is_another_text(world):
    world.file("a.txt")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt", "caption": "3号窗口"}])
    visit = world.visits[0]
    text = signing_sheet(world.anna, visit).text
    sign(world, visit, UNIT, UNIT_REP)
    edit_evidence(world.anna, view_of(world, visit).evidence[0]["id"], caption="4号窗口")

    of_unit = shown(world, visit)[UNIT, UNIT_REP]
    assert not of_unit.is_current
    earlier = signed_text(world.anna, visit, of_unit.key)
    assert (earlier.text == text, earlier.is_proved) == (False, False)


def test_observations_and_evidence_of_then_are_put_together_again(world):
    visit = world.visits[0]
    world.file("a.txt")
    world.record(
        world.anna,
        visit,
        team=list(TEAM),
        observations=[{"at": "09:40", "place": "3号窗口", "fact": "离岗"}],
        answers=[{"item": 11, "applicable": False}, {"item": 1, "deduct": "2"}],
        evidence=[{"path": "a.txt"}],
    )
    sheet = signing_sheet(world.anna, visit)
    sign_visit(world.anna, visit)

    (row,) = view_of(world, visit).signatures
    assert signed_text(world.anna, visit, row["key"]).text == sheet.text
    with pytest.raises(UserError):
        signed_text(world.anna, visit, "nobody")


def test_times_in_the_text_are_written_as_people_read_them(world, visit):
    view = view_of(world, visit)
    times = {
        "started_at": "2026-11-05T09:30:05+08:00",
        "ended_at": "2026-11-20 11:00",
        "identity_shown_at": "2026-11-20T10:00:00+07:00",
    }
    seen = ({"at": "2026-11-20T09:40:00+08:00", "place": "大厅", "fact": "离岗", "is_good": 0},)

    text = visit_text(world.anna, replace(view, head={**view.head, **times}, observations=seen))

    for line in (
        "开始时间：2026年11月5日 09:30",
        "结束时间：2026年11月20日 11:00",
        "亮明身份时间：2026年11月20日 10:00（UTC+07:00）",
        "2026年11月20日 09:40 大厅 离岗（差）",
    ):
        assert f"{line}\n" in text


def test_what_was_signed_when_times_stood_as_they_are_stored_stays_proved(world, visit):
    sign(world, visit, UNIT, UNIT_REP)
    (row,) = view_of(world, visit).signatures
    (today, before) = visit_texts(world.anna, view_of(world, visit))
    world.anna.db.execute("UPDATE signature SET text_sha256 = ?", [text_hash(before)])

    assert today != before
    assert view_of(world, visit).text("started_at") in before
    assert shown(world, visit)[UNIT, UNIT_REP].is_current
    earlier = signed_text(world.anna, visit, row["key"])
    assert (earlier.text, earlier.is_proved) == (before, True)


@pytest.mark.parametrize("strokes", [(), (((5, 5, 0, 1000),),)])
def test_099_an_empty_or_one_dot_signature_is_refused(world, visit, strokes):
    before = dump(world.anna)

    with pytest.raises(UserError, match="签名"):
        sign(world, visit, UNIT, UNIT_REP, strokes=strokes)
    assert dump(world.anna) == before


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (LEADER, "王五"),
        (INSPECTOR, "陌生人"),
        (UNIT, "王五"),
        (WITNESS, LEADER_NAME),
        (WITNESS, UNIT_REP),
        (UNIT, "  "),
        (UNIT, "陈" * 201),
    ],
)
def test_100_nobody_signs_in_the_line_of_another(world, visit, role, name):
    with pytest.raises(UserError):
        sign(world, visit, role, name)


def test_100_the_same_person_is_not_inspector_and_witness(world):
    with pytest.raises(UserError, match="见证人"):
        submitted_visit(world, refused_reason="不愿签字", witness="王五")


def test_nobody_signs_the_same_text_twice(world, visit):
    sign(world, visit, UNIT, UNIT_REP)

    with pytest.raises(UserError, match="已"):
        sign(world, visit, UNIT, UNIT_REP)


def test_a_refusal_names_its_reason_and_two_inspectors(world, visit):
    refuse(world, visit)
    world.clock.go_on()
    finish_visit(world.anna, visit)
    world.bring(world.anna)

    of_unit = shown(world, visit, "office")[UNIT, UNIT_REP]
    assert (of_unit.refusal, of_unit.witnesses, of_unit.strokes) == ("负责人不愿签字", TEAM, ())
    sheet = signing_sheet(world.anna, visit)
    assert states(sheet)[UNIT, UNIT_REP] == "refused"
    assert states(sheet)[WITNESS, ""] == "not_yet"
    assert "signature_refused" in events(world.anna)


def test_who_refused_may_sign_after_all(world, visit):
    refuse(world, visit)
    sign(world, visit, UNIT, UNIT_REP)

    assert states(signing_sheet(world.anna, visit))[UNIT, UNIT_REP] == "signed"


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": " "},
        {"witnesses": ("王五",)},
        {"witnesses": ("王五", "王五")},
        {"witnesses": ("王五", "社区干部")},
        {"signer": "王五"},
    ],
)
def test_099_a_refusal_without_reason_or_second_inspector_is_refused(world, visit, changes):
    with pytest.raises(UserError):
        refuse(world, visit, **changes)


def test_a_refusal_in_the_particulars_stands_in_the_line_of_the_unit(world):
    visit = submitted_visit(world, refused_reason="不愿签字", witness="社区干部", unit_rep="")

    sheet = signing_sheet(world.anna, visit)

    assert states(sheet)[UNIT, ""] == "refused"
    assert states(sheet)[WITNESS, "社区干部"] == "not_yet"
    assert sheet.refused_reason == "不愿签字"
    sign(world, visit, WITNESS, "社区干部")
    assert states(signing_sheet(world.anna, visit))[WITNESS, "社区干部"] == "signed"


def test_a_signature_of_another_version_of_the_program_is_shown_as_far_as_it_can_be(world, visit):
    key = sign(world, visit, UNIT, UNIT_REP).signature
    with world.anna.db.atomic():
        world.anna.db.execute(
            "UPDATE signature SET strokes = '[[[1]]]', covers = '[]', evidence = 'null', witnesses = '{}',"
            " role = '顾问' WHERE key = ?",
            [key],
        )

    sheet = signing_sheet(world.anna, visit)

    assert (sheet.lines[-1].role, sheet.lines[-1].state.value) == ("顾问", "outdated")
    assert sheet.lines[-1].signature.strokes == ()
    signed_text(world.anna, visit, key)


def test_signatures_travel_with_the_visit(world, visit):
    sign(world, visit, UNIT, UNIT_REP)
    finish_visit(world.anna, visit)
    world.bring(world.anna)

    at_office = shown(world, visit, "office")
    assert at_office == shown(world, visit)
    assert at_office[UNIT, UNIT_REP].strokes == NAME
    assert find_row(world.office.db, "visit", visit)["unit_rep"] == UNIT_REP
