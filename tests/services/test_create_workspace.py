import pytest

from desktop.errors import UserError
from desktop.keys.card import CardNameError, read_card
from desktop.keys.passphrase import check_passphrase
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.enroll_node import own_card
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.services.workspace.open_workspace import open_workspace
from desktop.storage.lock import WorkspaceInUseError
from tests.services.worlds import FAST, PASSPHRASE


@pytest.fixture
def make(tmp_path, clock):
    def make_office(
        folder=tmp_path / "office", name="督查室", person="张三", passphrase=PASSPHRASE, **options
    ):
        return create_office(folder, name, person, passphrase, cost=FAST, clock_ms=clock, **options)

    return make_office


def test_a_new_office_has_its_checklists_its_categories_and_its_first_person(make):
    with make().workspace as office:
        info = describe_workspace(office)

        assert (info.kind, info.name, info.person) == ("office", "督查室", "张三")
        assert {name: count for name, count in info.records.items() if count} == {
            "office": 1,
            "person": 1,
            "category": 12,
            "checklist": 12,
        }
        assert verify_workspace(office).is_sound


def test_a_new_workspace_opens_with_its_pass_phrase_and_is_locked_from_its_first_moment(
    make, tmp_path, clock
):
    with make().workspace as office, pytest.raises(WorkspaceInUseError):
        open_workspace(office.folder, PASSPHRASE, clock_ms=clock)

    with open_workspace(tmp_path / "office", PASSPHRASE, clock_ms=clock) as opened:
        assert opened.node == office.node


def test_the_recovery_key_is_shown_once_and_kept_nowhere(make, tmp_path):
    new = make()
    new.workspace.close()

    assert new.recovery_key not in repr(new)
    assert new.recovery_key.startswith("AGE-SECRET-KEY-")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert new.recovery_key.encode() not in kept


def test_an_empty_folder_is_used_and_one_with_something_in_it_is_refused(make, tmp_path):
    (tmp_path / "office").mkdir()
    make().workspace.close()
    before = sorted((tmp_path / "office").iterdir())

    with pytest.raises(UserError, match="不为空"):
        make()

    assert sorted((tmp_path / "office").iterdir()) == before


def test_a_file_in_the_place_of_the_folder_is_refused(make, tmp_path):
    (tmp_path / "office").write_text("mine")

    with pytest.raises(UserError, match="不为空"):
        make()

    assert (tmp_path / "office").read_text() == "mine"


@pytest.mark.parametrize("names", [{"name": " "}, {"person": ""}, {"person": "\t"}])
def test_the_workspace_and_its_person_need_names(make, tmp_path, names):
    with pytest.raises(UserError, match="姓名"):
        make(**names)

    assert list(tmp_path.iterdir()) == []


def test_a_name_that_could_deceive_on_another_screen_leaves_nothing_behind(make, tmp_path):
    with pytest.raises(CardNameError):
        make(name="督查室\u202e")

    assert list(tmp_path.iterdir()) == []


def test_a_short_pass_phrase_leaves_nothing_behind(make, tmp_path):
    with pytest.raises(UserError) as refused:
        make(passphrase="short")

    with pytest.raises(type(refused.value)):
        check_passphrase("short")
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_attempt_left_is_in_nobodys_way(make, tmp_path):
    (tmp_path / ".office.new").mkdir()
    (tmp_path / ".office.new" / "workspace.db").write_bytes(b"half")

    make().workspace.close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["office"]


def test_a_workspace_on_a_network_share_is_refused(make, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.storage.places.file_system_of", lambda _path: "cifs")

    with pytest.raises(UserError, match="网络共享"):
        make()
    assert list(tmp_path.iterdir()) == []


def test_a_removable_disk_is_only_for_a_workspace_made_to_be_carried(make, tmp_path, clock, monkeypatch):
    monkeypatch.setattr("desktop.storage.places.is_removable", lambda _path: True)

    with pytest.raises(UserError, match="移动"):
        make()
    make(is_portable=True).workspace.close()

    with open_workspace(tmp_path / "office", PASSPHRASE, clock_ms=clock) as opened:
        assert opened.is_office


def test_a_field_node_takes_its_office_and_its_recovery_key_from_the_card(make, tmp_path, clock):
    with (
        make().workspace as office,
        create_field_node(
            tmp_path / "field", "外业一", "李四", PASSPHRASE, own_card(office), cost=FAST, clock_ms=clock
        ) as field,
    ):
        card = read_card(own_card(field))

        assert (field.kind, field.office) == ("field", office.node)
        assert card.escrow == read_card(own_card(office)).escrow
        assert (card.name, card.person_name, field.person.name) == ("外业一", "李四", "李四")
        assert describe_workspace(field).records["checklist"] == 0


def test_the_card_of_a_field_node_founds_no_other_one(world, tmp_path, clock):
    with pytest.raises(UserError, match="不是中心"):
        create_field_node(
            tmp_path / "field", "外业一", "李四", PASSPHRASE, own_card(world.anna), cost=FAST, clock_ms=clock
        )

    assert not (tmp_path / "field").exists()
