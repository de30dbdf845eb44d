import pytest

from desktop.errors import UserError
from desktop.keys.keyslot_errors import LastSlotError, LoginUnknownError
from desktop.keys.keyslots import read_keyslots
from desktop.keys.passphrase import WrongPassphraseError
from desktop.services.setup.add_person import PersonCanUnlockError, add_person
from desktop.services.setup.change_passphrase import change_passphrase
from desktop.services.setup.list_persons import persons_who_unlock
from desktop.services.setup.remove_person import remove_person
from desktop.services.upkeep.find_log_lines import LogFilter, find_log_lines
from desktop.services.workspace.open_workspace import open_workspace
from tests.services.worlds import FAST, PASSPHRASE, events

OTHER = "another-passphrase"


def logins(workspace):
    return list(read_keyslots(workspace.folder / "keyslots.json").slots)


@pytest.fixture
def second(world):
    """赵六 can unlock the office as well."""
    return add_person(world.office, "赵六", OTHER, cost=FAST)


def test_a_pass_phrase_that_is_taken_away_opens_nothing_any_more(world, second):
    remove_person(world.office, second.login, "调离")
    world.office.close()

    with pytest.raises(WrongPassphraseError):
        open_workspace(world.folder / "office", OTHER, clock_ms=world.clock)
    world.office = world.opened("office")
    assert logins(world.office) == ["1"]
    assert events(world.office)[-1] == "person_removed"
    (line,) = find_log_lines(world.office, LogFilter(text="调离")).rows
    assert (line.event, line.other, line.by) == ("person_removed", "赵六", "张三")


def test_one_who_left_can_come_back(world, second):
    remove_person(world.office, second.login, "调离")

    assert add_person(world.office, "赵六", OTHER, cost=FAST) == second


def test_nobody_takes_the_pass_phrase_away_that_is_in_use(world, second):
    with pytest.raises(UserError):
        remove_person(world.office, "1", "调离")

    assert logins(world.office) == ["1", second.login]


@pytest.mark.parametrize(
    ("login", "reason", "error"), [("9", "x", LoginUnknownError), ("2", "  ", UserError)]
)
def test_a_refusal_changes_nothing(world, second, login, reason, error):
    before = logins(world.office), events(world.office)

    with pytest.raises(error):
        remove_person(world.office, login, reason)

    assert (logins(world.office), events(world.office)) == before


def test_the_last_pass_phrase_stays(world):
    with pytest.raises(LastSlotError):
        read_keyslots(world.office.folder / "keyslots.json").without_slot("1")


def test_the_same_name_cannot_unlock_twice(world, second):
    with pytest.raises(PersonCanUnlockError, match="赵六"):
        add_person(world.office, " 赵六 ", OTHER, cost=FAST)
    with pytest.raises(PersonCanUnlockError, match="张三"):
        add_person(world.office, "张三", OTHER, cost=FAST)

    assert logins(world.office) == ["1", "2"]


def test_the_first_person_of_a_laptop_is_known_before_its_office_has_answered(world):
    with pytest.raises(PersonCanUnlockError):
        add_person(world.anna, "欧阳㛃", OTHER, cost=FAST)


def test_a_changed_pass_phrase_opens_and_the_old_one_does_not(world):
    change_passphrase(world.office, PASSPHRASE, OTHER, cost=FAST)
    world.office.close()

    world.office = open_workspace(world.folder / "office", OTHER, clock_ms=world.clock)
    assert events(world.office)[-1] == "passphrase_changed"
    with pytest.raises(WrongPassphraseError):
        open_workspace(world.folder / "office", PASSPHRASE, read_only=True, clock_ms=world.clock)


def test_only_who_knows_the_old_pass_phrase_changes_it(world):
    before = logins(world.office), events(world.office)

    with pytest.raises(WrongPassphraseError):
        change_passphrase(world.office, "not this one", OTHER, cost=FAST)

    slots = read_keyslots(world.office.folder / "keyslots.json")
    assert (list(slots.slots), events(world.office)) == before
    assert slots.failures == 1


def test_the_list_says_who_and_since_when(world):
    world.clock.go_on(3_600_000)
    add_person(world.office, "赵六", OTHER, cost=FAST)

    people = persons_who_unlock(world.office)

    assert [(each.login, each.name, each.is_me) for each in people] == [
        ("1", "张三", True),
        ("2", "赵六", False),
    ]
    assert people[0].since < people[1].since
