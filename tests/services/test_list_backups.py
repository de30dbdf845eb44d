import pytest

from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.list_backups import back_up_now, backup_state, check_backups

DAY_MS = 24 * 3600 * 1000


def test_a_workspace_without_a_complete_backup_is_overdue(world):
    state = backup_state(world.anna)

    assert (state.complete, state.days_without, state.is_overdue) == ((), None, True)


def test_a_complete_backup_counts_for_a_week(world):
    written = back_up_workspace(world.office, world.stick)
    fresh = backup_state(world.office)
    world.clock.go_on(7 * DAY_MS)

    late = backup_state(world.office)

    assert (fresh.complete[0].folder, fresh.complete[0].by) == (written.folder.name, "张三")
    assert (fresh.days_without, fresh.is_overdue) == (0, False)
    assert (late.days_without, late.is_overdue) == (7, True)


def test_a_rolling_backup_can_be_made_at_any_time(world):
    first = back_up_now(world.office)
    world.clock.go_on()

    second = back_up_now(world.office)

    lines = backup_state(world.office).rolling
    assert [line.name for line in lines][:2] == [second, first]
    assert all(line.size > 0 for line in lines)
    assert lines[0].at > lines[1].at


def test_a_damaged_backup_is_told_from_a_sound_one(world):
    first = back_up_now(world.office)
    world.clock.go_on()
    second = back_up_now(world.office)
    damaged = world.office.folder / "backups" / first
    data = bytearray(damaged.read_bytes())
    data[-3000] ^= 1
    damaged.write_bytes(bytes(data))
    seen = []

    results = check_backups(world.office, lambda *step: seen.append(step))

    assert (results[first], results[second]) == (False, True)
    assert seen[-1] == (len(results), len(results))


@pytest.mark.parametrize("name", ["before-upgrade-from-1.db"])
def test_a_backup_with_another_name_has_the_time_of_its_file(world, name):
    (world.office.folder / "backups" / name).write_bytes(b"x")

    assert name in [line.name for line in backup_state(world.office).rolling]
