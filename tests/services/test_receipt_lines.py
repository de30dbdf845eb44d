from desktop.services.packages.receipt_lines import receipt_lines
from desktop.services.packages.undo_import import redo_import, undo_import
from desktop.services.packages.write_receipts import write_receipts


def standings(world):
    return [
        (line.node, line.seq, line.what_became, line.standing.value) for line in receipt_lines(world.office)
    ]


def test_before_anything_came_there_is_nothing_to_answer(world):
    assert receipt_lines(world.office) == ()


def test_a_package_that_came_is_due_until_its_receipt_is_written(world):
    world.bring(world.anna)
    assert standings(world) == [("外业欧阳㛃", 1, "applied", "due")]
    world.clock.go_on()
    (written,) = write_receipts(world.office, world.stick)

    (line,) = receipt_lines(world.office)
    assert (line.standing, line.receipt) == ("written", written.path.name)
    assert line.written_at >= line.came_at


def test_what_is_due_comes_first(world):
    world.bring(world.anna)
    world.clock.go_on()
    write_receipts(world.office, world.stick)
    world.clock.go_on()
    world.bring(world.bert)

    assert [line.standing for line in receipt_lines(world.office)] == ["due", "written"]


def test_an_import_that_is_undone_is_due_again_and_once_more_when_it_counts_again(world):
    merged = world.bring(world.anna)
    world.record(world.anna, world.visits[0])
    merged = world.bring(world.anna)
    write_receipts(world.office, world.stick)
    world.clock.go_on()
    undo_import(world.office, merged.manifest_sha256, "误合并")
    assert ("外业欧阳㛃", 2, "set_aside", "due") in standings(world)
    world.clock.go_on()
    write_receipts(world.office, world.stick)
    world.clock.go_on()
    redo_import(world.office, merged.manifest_sha256)

    assert ("外业欧阳㛃", 2, "applied", "due") in standings(world)


def test_a_damaged_package_is_answered_too(world):
    world.record(world.anna, world.visits[0])
    whole = world.results(world.anna).read_bytes()
    world.merge(world.office, world.file("cut.mcp", whole[:-20]))

    assert [line[2:] for line in standings(world)] in ([], [("quarantined", "due")])


def test_nobody_is_answered_who_is_not_enrolled(world):
    world.bring(world.anna)
    with world.office.db.atomic():
        world.office.db.execute("UPDATE node SET status = 'revoked' WHERE id = ?", [world.anna.node])

    assert [line.standing for line in receipt_lines(world.office)] == ["nobody"]
