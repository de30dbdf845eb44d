import pytest
from sqlcipher3.dbapi2 import ProgrammingError

from desktop.keys.keyslot_errors import KeyslotsDamagedError, LoginUnknownError, TooManyAttemptsError
from desktop.keys.passphrase import WrongPassphraseError
from desktop.media.worker import Worker
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.setup.add_person import add_person
from desktop.services.workspace.open_workspace import (
    NoWorkspaceError,
    UpgradeFirstError,
    open_workspace,
    system_clock_ms,
)
from desktop.storage.database import DatabaseDamagedError, DatabaseMissingError, DatabaseTooNewError
from desktop.storage.driver import DatabaseError
from desktop.storage.lock import WorkspaceInUseError
from tests.media.picture_samples import jpeg
from tests.services.old_versions import folded_rows, make_version_1
from tests.services.worlds import FAST, PASSPHRASE, events


@pytest.fixture
def office_folder(closed_world):
    return closed_world.folder / "office"


def test_a_wrong_pass_phrase_is_refused_and_slows_the_next_ones_down(office_folder, clock):
    for _attempt in range(3):
        with pytest.raises(WrongPassphraseError):
            open_workspace(office_folder, "wrong-passphrase", clock_ms=clock)

    with pytest.raises(TooManyAttemptsError):
        open_workspace(office_folder, PASSPHRASE, clock_ms=clock)
    clock.go_on(1000)
    with open_workspace(office_folder, PASSPHRASE, clock_ms=clock) as opened:
        assert opened.person.name == "张三"


def test_the_second_writer_is_refused_with_the_holder_and_a_reader_is_not(closed_world):
    with closed_world.opened("office") as writer:
        with pytest.raises(WorkspaceInUseError, match="正由另一窗口或程序使用"):
            closed_world.opened("office")

        with closed_world.opened("office", read_only=True) as reader:
            assert reader.lock is None
            assert events(reader) == events(writer)


def test_a_reader_sees_what_was_committed_and_cannot_write(closed_world):
    with closed_world.opened("office") as writer, closed_world.opened("office", read_only=True) as reader:
        add_person(writer, "赵六", "another-passphrase", cost=FAST)

        assert events(reader)[-1] == "person_added"
        with pytest.raises(DatabaseError, match="readonly"):
            reader.db.execute("DELETE FROM setting")


def test_a_folder_without_slots_is_no_workspace(tmp_path):
    with pytest.raises(NoWorkspaceError, match="不是本程序的工作库"):
        open_workspace(tmp_path, PASSPHRASE)


def test_a_workspace_that_lost_its_slots_is_told_so(office_folder, clock):
    (office_folder / "keyslots.json").unlink()

    with pytest.raises(KeyslotsDamagedError, match="缺失或已损坏"):
        open_workspace(office_folder, PASSPHRASE, clock_ms=clock)


def test_damaged_slots_are_named(office_folder, clock):
    (office_folder / "keyslots.json").write_text("{")

    with pytest.raises(KeyslotsDamagedError):
        open_workspace(office_folder, PASSPHRASE, clock_ms=clock)


def test_a_damaged_or_missing_database_is_named_and_the_lock_is_free_again(office_folder, clock):
    database = office_folder / "workspace.db"
    whole = database.read_bytes()

    database.write_bytes(bytes(len(whole)))
    with pytest.raises(DatabaseDamagedError):
        open_workspace(office_folder, PASSPHRASE, clock_ms=clock)
    database.unlink()
    with pytest.raises(DatabaseMissingError, match=r"缺少数据库文件 workspace\.db"):
        open_workspace(office_folder, PASSPHRASE, clock_ms=clock)
    with pytest.raises(DatabaseMissingError):
        open_workspace(office_folder, PASSPHRASE, read_only=True, clock_ms=clock)

    assert not database.exists()
    database.write_bytes(whole)
    open_workspace(office_folder, PASSPHRASE, clock_ms=clock).close()


def test_a_workspace_of_a_newer_program_is_left_alone(closed_world):
    with closed_world.opened("office") as office:
        office.db.execute("PRAGMA user_version = 99")
    before = (closed_world.folder / "office" / "workspace.db").read_bytes()

    with pytest.raises(DatabaseTooNewError):
        closed_world.opened("office")
    assert (closed_world.folder / "office" / "workspace.db").read_bytes() == before


def test_a_workspace_of_the_first_version_is_backed_up_and_brought_up_to_date(closed_world):
    with closed_world.opened("anna") as anna:
        attach_evidence(anna, closed_world.visits[0], [closed_world.file("1.jpg", jpeg())])
        before = folded_rows(anna)
        make_version_1(anna)
    kept = closed_world.folder / "anna" / "backups" / "before-upgrade-from-1.db"

    with pytest.raises(UpgradeFirstError, match="旧版程序"):
        closed_world.opened("anna", read_only=True)
    assert not kept.exists()
    with closed_world.opened("anna") as anna:
        assert folded_rows(anna) == before
    written = kept.read_bytes()
    closed_world.opened("anna").close()

    assert kept.read_bytes() == written
    closed_world.opened("anna", read_only=True).close()


def test_each_person_unlocks_with_a_login_and_works_under_a_name_of_their_own(closed_world):
    with closed_world.opened("office") as office:
        added = add_person(office, "赵六", "another-passphrase", cost=FAST)

    with pytest.raises(LoginUnknownError):
        closed_world.opened("office")
    folder, clock = closed_world.folder / "office", closed_world.clock
    with open_workspace(folder, "another-passphrase", added.login, clock_ms=clock) as opened:
        assert (opened.person.id, opened.person.name) == (added.person_id, "赵六")


def test_what_an_interrupted_intake_left_is_set_aside_and_noted(closed_world):
    folder = closed_world.folder / "anna"
    (folder / "tmp" / "half.part").write_bytes(b"half an object")

    closed_world.opened("anna", read_only=True).close()
    assert (folder / "tmp" / "half.part").exists()
    with closed_world.opened("anna") as anna:
        assert events(anna)[-1] == "leftovers_set_aside"

    assert list((folder / "tmp").iterdir()) == []
    assert [path.read_bytes() for path in (folder / "quarantine").iterdir()] == [b"half an object"]


def test_the_clock_of_this_computer_counts_milliseconds_since_1970():
    assert system_clock_ms() > 1_700_000_000_000


def test_the_database_is_closed_and_the_folder_free_before_the_worker_goes(closed_world, monkeypatch):
    workspace = closed_world.opened("office")
    found = []

    def look():
        with pytest.raises(ProgrammingError):
            workspace.db.execute("SELECT 1")
        monkeypatch.undo()
        with closed_world.opened("office") as again:
            found.append(again.person.name)

    monkeypatch.setattr(Worker, "close", lambda _worker: look())
    workspace.close()

    assert found == ["张三"]
