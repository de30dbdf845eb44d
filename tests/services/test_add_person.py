import pytest

from desktop.errors import UserError
from desktop.keys.keyslots import read_keyslots
from desktop.services.setup.add_person import add_person
from desktop.services.workspace.journal import birth, write_entries
from tests.services.worlds import FAST, events, rows


def add(office, name, **options):
    return add_person(office, name, "another-passphrase", cost=FAST, **options)


def test_logins_are_neutral_numbers_unless_one_is_chosen(world):
    assert add(world.office, "赵六").login == "2"
    assert add(world.office, "钱七", login="desk").login == "desk"
    assert add(world.office, "孙八").login == "3"

    slots = (world.office.folder / "keyslots.json").read_text(encoding="utf-8")
    assert "赵六" not in slots
    assert events(world.office)[-1] == "person_added"


def test_a_person_the_workspace_knows_is_not_made_again(world):
    known = next(row["id"] for row in rows(world.office, "people") if row["name"] == "欧阳㛃")

    assert add(world.office, "欧阳㛃").person_id == known
    assert [row["name"] for row in rows(world.office, "people")].count("欧阳㛃") == 1


def test_two_of_one_name_are_not_guessed_at(world):
    add_twin(world.office, "赵六")
    add_twin(world.office, "赵六")

    added = add(world.office, "赵六")

    twins = [row["id"] for row in rows(world.office, "people") if row["name"] == "赵六"]
    assert added.person_id in twins
    assert len(twins) == 3


def add_twin(office, name):
    with office.db.atomic():
        write_entries(office, [birth(office, office.new_id(), "person", {"facts": {"name": name}})])


@pytest.mark.parametrize(
    ("name", "options"), [(" ", {}), ("赵六", {"login": "1"}), ("赵六", {"login": "no login!"})]
)
def test_a_refused_person_changes_nothing(world, name, options):
    path = world.office.folder / "keyslots.json"
    before = read_keyslots(path), rows(world.office, "people"), events(world.office)

    with pytest.raises(UserError):
        add(world.office, name, **options)

    assert (read_keyslots(path), rows(world.office, "people"), events(world.office)) == before
