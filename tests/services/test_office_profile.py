import pytest

from desktop.errors import UserError
from desktop.services.master_data.office_profile import edit_profile, read_profile
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.workspace.journal import change, write_entries
from tests.services.worlds import dump


def test_the_profile_of_an_office_is_changed_and_the_card_keeps_its_name(world):
    seen = read_profile(world.office)
    edit_profile(world.office, {"name": "云泽市督查局", "number_word": "云督"}, seen.seen)

    after = read_profile(world.office)
    assert (after.texts["name"], after.texts["number_word"]) == ("云泽市督查局", "云督")
    assert (after.node, after.kind, after.year, after.logins) == ("云泽市政府督查室", "office", 2026, 1)
    assert after.is_editable


def test_what_is_not_changed_is_not_written(world):
    seen = read_profile(world.office)
    before = dump(world.office)

    edit_profile(world.office, dict(seen.texts), seen.seen)

    assert dump(world.office) == before


def test_an_edit_is_not_written_over_a_newer_one(world):
    seen = read_profile(world.office)
    newer = {"profile": {"name": "新名称"}}
    write_entries(world.office, [change(world.office, seen.office_id, "office", newer)])

    with pytest.raises(ChangedMeanwhileError):
        edit_profile(world.office, {"short": "简称"}, seen.seen)
    assert read_profile(world.office).texts["name"] == "新名称"


def test_a_laptop_shows_the_profile_of_its_office_and_does_not_change_it(world):
    shown = read_profile(world.anna)

    assert (shown.kind, shown.is_editable) == ("field", False)
    with pytest.raises(UserError):
        edit_profile(world.anna, {"short": "简称"}, shown.seen)


def test_without_the_record_of_the_office_there_is_nothing_to_edit(world):
    world.office.db.execute("DELETE FROM office")

    shown = read_profile(world.office)

    assert (shown.office_id, shown.texts["name"], shown.is_editable) == ("", "", False)
    with pytest.raises(UserError):
        edit_profile(world.office, {"short": "简称"}, "")
