import pytest

from desktop.errors import UserError
from desktop.keys.keyslot_errors import TooManyAttemptsError
from desktop.keys.keyslots import read_keyslots
from desktop.keys.passphrase import PassphraseTooShortError, WrongPassphraseError
from desktop.keys.recovery import RecoveryTypingError, WrongRecoveryKeyError, grouped
from desktop.keys.sealing import new_identity
from desktop.services.setup.add_person import add_person
from desktop.services.setup.reset_passphrase import (
    SlotOwner,
    login_of,
    owners_of_slots,
    read_recovery_file,
    reset_passphrase,
)
from desktop.services.upkeep.find_log_lines import LogFilter, find_log_lines
from desktop.services.workspace.open_workspace import NoWorkspaceError, open_workspace
from desktop.storage.lock import WorkspaceInUseError
from tests.services.worlds import FAST, PASSPHRASE, events, rows

NEW = "一句全新而且好记的口令"


@pytest.fixture
def laptop(world):
    """The folder of a closed laptop with two persons."""
    add_person(world.anna, "赵六", "another-passphrase", cost=FAST)
    world.close()
    return world.folder / "anna"


def reset(world, laptop, login="1", passphrase=NEW, key=None):
    return reset_passphrase(laptop, login, passphrase, key or world.recovery_key, FAST, world.clock)


def opened(world, laptop, passphrase, login):
    return open_workspace(laptop, passphrase, login, clock_ms=world.clock)


def test_the_recovery_sheet_sets_a_new_pass_phrase_in_place_and_nothing_is_lost(world, laptop):
    with reset(world, laptop, key=grouped(world.recovery_key)) as workspace:
        assert workspace.person.name == "欧阳㛃"
        assert events(workspace)[-1] == "passphrase_reset"
        assert len(rows(workspace, "visits")) == 2

    with opened(world, laptop, NEW, "1") as workspace:
        assert workspace.login == "1"
    with pytest.raises(WrongPassphraseError):
        opened(world, laptop, PASSPHRASE, "1")


def test_the_other_person_keeps_the_pass_phrase(world, laptop):
    reset(world, laptop).close()

    opened(world, laptop, "another-passphrase", "2").close()


def test_the_office_reads_in_the_log_that_it_happened(world, laptop):
    reset(world, laptop).close()
    world.office = world.opened("office")
    world.anna = opened(world, laptop, NEW, "1")
    world.bring(world.anna)

    lines = [
        line for line in find_log_lines(world.office, LogFilter()).rows if line.event == "passphrase_reset"
    ]
    assert [(line.node, line.other) for line in lines] == [("外业欧阳㛃", "欧阳㛃")]


def test_the_owners_of_the_slots_are_named_once_the_key_is_right(world, laptop):
    owners = owners_of_slots(laptop, world.recovery_key, world.clock)

    assert owners == (SlotOwner("1", "欧阳㛃"), SlotOwner("2", "赵六"))
    assert (login_of(owners, "赵六"), login_of(owners, "1")) == ("2", "1")
    with pytest.raises(UserError):
        login_of(owners, "谁")


def test_a_foreign_key_changes_nothing_and_slows_the_next_ones_down(world, laptop):
    for _attempt in range(3):
        with pytest.raises(WrongRecoveryKeyError):
            reset(world, laptop, key=new_identity())
    with pytest.raises(TooManyAttemptsError):
        reset(world, laptop)
    world.clock.go_on(2000)

    reset(world, laptop).close()
    assert read_keyslots(laptop / "keyslots.json").failures == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"passphrase": "kurz"}, PassphraseTooShortError),
        ({"login": "9"}, UserError),
        ({"key": "x" * 58}, RecoveryTypingError),
    ],
)
def test_what_cannot_be_done_leaves_the_slots_as_they_were(world, laptop, changes, error):
    before = (laptop / "keyslots.json").read_bytes()

    with pytest.raises(error):
        reset(world, laptop, **changes)
    assert (laptop / "keyslots.json").read_bytes() == before


def test_what_could_not_be_written_is_not_in_the_log(world, laptop, monkeypatch):
    def fails(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.services.setup.reset_passphrase.save_keyslots", fails)
    with pytest.raises(OSError, match="No space"):
        reset(world, laptop)
    monkeypatch.undo()

    with opened(world, laptop, PASSPHRASE, "1") as workspace:
        assert "passphrase_reset" not in events(workspace)


def test_a_workspace_in_use_is_left_alone(world, laptop):
    with opened(world, laptop, PASSPHRASE, "1"), pytest.raises(WorkspaceInUseError):
        reset(world, laptop)


def test_a_folder_that_is_no_workspace_is_refused(world, laptop, tmp_path):
    with pytest.raises(NoWorkspaceError):
        owners_of_slots(tmp_path, world.recovery_key, world.clock)


def test_a_file_with_the_key_is_read_and_one_that_is_gone_is_said(world, tmp_path):
    (tmp_path / "key.txt").write_text(f"恢复密钥\n{grouped(world.recovery_key)}\n", encoding="utf-8")

    assert grouped(world.recovery_key) in read_recovery_file(tmp_path / "key.txt")
    with pytest.raises(UserError):
        read_recovery_file(tmp_path / "gone.txt")
