"""Evidence that a correction adds: named with its reason everywhere, and covered by no earlier signature."""

from dataclasses import replace

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.collect_evidence import Source
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.records.late_evidence import addition_mark, addition_text
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.correct_visit import AddedFiles, correct_evidence, versions_of_answer
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.missing_in_visit import missing_in_visit
from desktop.services.visits.show_signatures import signed_text
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.signing_sheet import signing_sheet
from desktop.services.visits.visit_form import visit_form
from tests.media.picture_samples import jpeg
from tests.services.signing_hands import submitted_visit
from tests.services.worlds import rows

REASON = "存储卡当日未带回"


def signed_visit(world):
    visit_id = submitted_visit(world)
    attach_evidence(world.anna, visit_id, [world.file("early.jpg", jpeg((40, 30)))], {"item": 1})
    finish_visit(world.anna, visit_id)
    world.clock.go_on(3_600_000)
    return visit_id


def add(world, visit_id, *files, item=1, reason=REASON, caption="三号窗口"):
    return correct_evidence(
        world.anna, visit_id, item, AddedFiles(tuple(map(Source, files)), caption), reason
    ).evidence


def test_evidence_added_after_sign_off_says_who_when_and_why_here_and_at_the_office(world):
    visit_id = signed_visit(world)
    (late,) = add(world, visit_id, world.file("late.jpg", jpeg((60, 30))))
    world.bring(world.anna)

    for workspace in (world.anna, world.office):
        early_shown, late_shown = show_visit(workspace, visit_id).evidence
        assert early_shown.added is None
        assert (late_shown.id, late_shown.item, late_shown.caption) == (late, "1", "三号窗口")
        assert late_shown.added.is_after_sign_off
        assert (late_shown.added.by, late_shown.added.reason) == ("欧阳㛃", REASON)
        assert late_shown.added.at.startswith("2026-11-20 ")
        assert late_shown.is_here
        assert show_evidence(workspace, late).added == addition_text(late_shown.added)
        assert show_evidence(workspace, early_shown.id).added == ""
    assert REASON in addition_text(late_shown.added)
    assert "更正时作为证据存入" in {line.what for line in show_evidence(world.office, late).custody}


def test_the_earlier_version_and_its_signed_text_stay_readable(world):
    visit_id = signed_visit(world)
    key = str(read_visit(world.anna.db, visit_id).signatures[0]["key"])
    before = signed_text(world.anna, visit_id, key)
    add(world, visit_id, world.file("late.jpg", jpeg((60, 30))))

    newest, first = versions_of_answer(world.anna, visit_id, 1)
    assert (newest.evidence, newest.reason, first.evidence, first.reason) == (("Z02",), REASON, (), "")
    assert newest.answer.deduct == first.answer.deduct == 2
    assert signed_text(world.anna, visit_id, key) == before
    assert before.is_proved
    assert signing_sheet(world.anna, visit_id).is_corrected


def test_what_an_item_lacks_follows_the_evidence_that_is_added(world):
    visit_id = signed_visit(world)
    before = missing_in_visit(world.anna, read_visit(world.anna.db, visit_id))
    add(world, visit_id, world.file("late.jpg", jpeg((60, 30))))
    world.bring(world.anna)
    after = missing_in_visit(world.office, read_visit(world.office.db, visit_id))

    assert set(before) - set(after) == {"第1项缺少证据"}


def test_on_paper_late_evidence_is_marked_in_the_list_and_behind_its_number(world):
    visit_id = signed_visit(world)
    add(world, visit_id, world.file("late.jpg", jpeg((60, 30))))

    early, late = evidence_form(world.anna, visit_id).lines
    assert "签发" not in early.name
    assert REASON in late.name
    assert "签发之后" in late.name
    assert [photo.caption for photo in evidence_form(world.anna, visit_id).photos][
        1
    ] == "三号窗口（签发后补充）"
    assert visit_form(world.anna, visit_id).items[0].evidence_numbers == ("Z01", "Z02（签发后补充）")


def test_a_locked_item_gets_evidence_by_a_correction_that_a_later_signature_covers(world):
    visit_id = world.visits[2]
    opened = open_visit(world.anna, visit_id)
    head = opened.head
    save_answer(world.anna, visit_id, Answer(1), opened.base_ctx)
    save_answer(world.anna, visit_id, Answer(2, facts="看到"), opened.base_ctx)
    covert = replace(head, mode="暗访", identity_shown_at="2026-11-20T09:50:00+08:00", team=("王五", "李四"))
    save_head(world.anna, visit_id, covert, open_visit(world.anna, visit_id).base_ctx)
    file = world.file("late.jpg", jpeg((60, 30)))
    with pytest.raises(UserError, match="亮明身份"):
        attach_evidence(world.anna, visit_id, [file], {"item": 2})
    add(world, visit_id, file, item=2)
    (before,) = show_visit(world.anna, visit_id).evidence
    finish_visit(world.anna, visit_id)
    (after,) = show_visit(world.anna, visit_id).evidence

    assert not before.added.is_after_sign_off
    assert not after.added.is_after_sign_off
    assert addition_mark(after.added) == "更正时补充"
    assert REASON in addition_text(after.added)


def test_a_file_the_visit_has_is_named_and_not_kept_twice(world):
    visit_id = signed_visit(world)
    (early,) = (row["id"] for row in rows(world.anna, "evidence"))
    same, new = world.folder / "early.jpg", world.file("late.jpg", jpeg((60, 30)))

    assert add(world, visit_id, same, new, new)[0] == early
    assert len(rows(world.anna, "evidence")) == 2


def test_without_a_reason_or_with_a_file_that_cannot_be_read_nothing_is_corrected(world):
    visit_id = signed_visit(world)
    file = world.file("late.jpg", jpeg((60, 30)))
    with pytest.raises(UserError, match="理由"):
        add(world, visit_id, file, reason="  ")
    with pytest.raises(UserError):
        add(world, visit_id, file, world.folder / "missing.jpg")
    with pytest.raises(UserError):
        add(world, visit_id, file, item=99)
    with pytest.raises(UserError, match="签发"):
        attach_evidence(world.anna, visit_id, [file])
    with pytest.raises(UserError):
        correct_evidence(world.office, visit_id, 1, AddedFiles((Source(file),)), REASON)

    assert len(rows(world.anna, "evidence")) == 1
    assert len(versions_of_answer(world.anna, visit_id, 1)) == 1


def test_a_folder_that_cannot_be_listed_is_said(world, monkeypatch):
    visit_id = signed_visit(world)
    folder = world.folder / "card"
    folder.mkdir()

    def walk(_top, onerror):
        onerror(PermissionError(13, "denied", str(folder)))
        return iter(())

    monkeypatch.setattr("desktop.services.evidence.collect_evidence.os.walk", walk)
    with pytest.raises(UserError, match="card"):
        add(world, visit_id, folder)
