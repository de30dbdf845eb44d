import shutil

import pytest

from desktop.errors import UserError
from desktop.services.printing.preview_form import form_choices, preview_form
from desktop.services.setup.found_office import found_office
from desktop.services.setup.read_card_file import read_card_file, write_card_file
from desktop.services.upkeep.workspace_status import read_status
from desktop.services.visits.show_visit import evidence_picture, show_visit
from desktop.services.visits.sign_visit import sign_visit
from desktop.services.workspace.look_at_workspace import look_at_workspace, opened_workspace
from desktop.services.workspace.open_reader import close_reader, open_reader
from desktop.services.workspace.open_workspace import NoWorkspaceError
from desktop.storage.driver import OperationalError
from tests.media.picture_samples import jpeg
from tests.services.worlds import FAST, PASSPHRASE


def recorded(world):
    photo = world.file("窗口.jpg", jpeg())
    return world.record(
        world.anna,
        world.visits[0],
        started_at="2026-11-20T09:00:00+08:00",
        answers=[{"item": 1, "deduct": "2", "facts": "窗口空岗", "evidence": [1]}],
        observations=[{"at": "2026-11-20T09:05:00+08:00", "fact": "无人应答", "place": "3号窗口"}],
        evidence=[{"path": photo.name, "item": 1, "caption": "空岗"}],
    )


def test_a_visit_is_shown_with_all_that_was_found(world):
    recorded(world)
    sign_visit(world.anna, world.visits[0], "欧阳㛃")

    shown = show_visit(world.anna, world.visits[0])

    assert shown.unit == "澄湖区人民政府"
    assert shown.score.lines[0].deduct == 2
    assert shown.facts[1] == "窗口空岗"
    assert [seen.place for seen in shown.observations] == ["3号窗口"]
    assert [(each.number, each.caption, each.is_here) for each in shown.evidence] == [("Z01", "空岗", True)]
    assert shown.signatures[0].signer == "欧阳㛃"


def test_a_picture_is_made_small_for_the_list_and_nothing_for_what_is_not_here(world):
    recorded(world)
    evidence = show_visit(world.anna, world.visits[0]).evidence[0]

    assert evidence_picture(world.anna, evidence.sha256).startswith(b"\xff\xd8")
    assert evidence_picture(world.anna, "0" * 64) == b""


def test_a_visit_whose_checklist_is_sealed_says_so(world):
    world.anna.db.execute("UPDATE visit SET checklist_id = NULL")

    shown = show_visit(world.anna, world.visits[0])

    assert shown.score is None
    assert shown.problem


def test_a_visit_whose_checklist_has_not_come_says_so(world):
    world.anna.db.execute("UPDATE visit SET checklist_id = 'missing'")

    assert show_visit(world.anna, world.visits[0]).score is None


def test_a_preview_is_the_form_itself(world):
    recorded(world)

    assert [form.code for form in form_choices()] == ["F01", "F02", "F02b", "F04", "F12", "F13", "F14", "P01"]
    assert preview_form(world.anna, "F01", [world.visits[0]]).startswith(b"%PDF")


def test_a_reader_sees_what_is_committed_and_changes_nothing(world):
    reader = open_reader(world.anna)
    recorded(world)

    assert show_visit(reader, world.visits[0]).facts
    with pytest.raises(OperationalError):
        reader.db.execute("DELETE FROM draft")
    close_reader(reader)


def test_a_workspace_is_known_by_kind_and_logins_before_it_is_unlocked(closed_world, tmp_path):
    seen = look_at_workspace(closed_world.folder / "office")

    assert (seen.kind, seen.logins) == ("office", ("1",))
    with pytest.raises(NoWorkspaceError):
        look_at_workspace(tmp_path / "nothing")


def test_an_open_workspace_tells_its_names(world):
    opened = opened_workspace(world.anna)

    assert (opened.name, opened.person, opened.is_office) == ("外业欧阳㛃", "欧阳㛃", False)


def test_the_last_backup_is_told_to_the_minute(world):
    before = read_status(world.office).last_backup
    world.bring(world.anna)

    assert before == ""
    assert len(read_status(world.office).last_backup) == len("2026-11-20 09:30")


def test_an_office_is_founded_with_its_sheet(tmp_path, clock):
    with found_office(
        tmp_path / "office", "督查室", "张三", PASSPHRASE, tmp_path / "sheet.pdf", cost=FAST, clock_ms=clock
    ) as office:
        assert office.is_office

    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_no_office_is_left_where_the_sheet_cannot_be_written(tmp_path, clock):
    (tmp_path / "taken.pdf").touch()
    for sheet in (tmp_path / "taken.pdf", tmp_path / "no folder" / "sheet.pdf"):
        with pytest.raises(UserError):
            found_office(tmp_path / "office", "督查室", "张三", PASSPHRASE, sheet, cost=FAST, clock_ms=clock)

    assert not (tmp_path / "office").exists()


def test_an_office_without_its_sheet_is_taken_back(tmp_path, clock, monkeypatch):
    def fail(*_arguments):
        raise UserError("the disk is full")

    monkeypatch.setattr("desktop.services.setup.found_office.print_recovery_sheet", fail)
    with pytest.raises(UserError):
        found_office(
            tmp_path / "office", "督查室", "张三", PASSPHRASE, tmp_path / "s.pdf", cost=FAST, clock_ms=clock
        )

    assert not (tmp_path / "office").exists()


def test_a_card_is_carried_in_a_file(world):
    card = world.folder / "anna.card"
    write_card_file(world.anna, card)

    assert read_card_file(card)
    with pytest.raises(UserError):
        read_card_file(world.folder / "no card")
    with pytest.raises(UserError):
        write_card_file(world.anna, world.folder / "no folder" / "card")
    shutil.rmtree(world.stick)
