from desktop.services.setup.print_recovery_sheet import print_recovery_sheet
from desktop.services.workspace.journal import change, read_clock, save_clock, write_entries
from desktop.storage.records import find_row
from tests.services.worlds import rows


def test_a_change_of_evidence_names_the_visit_it_hangs_on(world):
    world.file("a.txt")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
    (evidence,) = rows(world.anna, "evidence")

    statement = change(world.anna, evidence["id"], "evidence", {"note": {"caption": "改"}})
    with world.anna.db.atomic():
        write_entries(world.anna, [statement])

    assert statement.owner.record_id == world.visits[0]
    assert find_row(world.anna.db, "evidence", evidence["id"])["caption"] == "改"


def test_the_clock_of_a_node_follows_what_it_has_read_but_never_falls(world):
    world.clock.go_on(5000)
    world.record(world.anna, world.visits[0])
    theirs = world.clock.now_ms
    package = world.results(world.anna)
    world.clock.now_ms -= 3_600_000

    world.merge(world.office, package)

    assert read_clock(world.office) >= (theirs, 0)
    with world.office.db.atomic():
        save_clock(world.office, (1, 2))
    assert read_clock(world.office) == (1, 2)


def test_the_recovery_sheet_is_a_pdf_that_is_drawn_once(world):
    target = world.folder / "sheet.pdf"

    print_recovery_sheet(world.office, world.recovery_key, target)

    assert target.read_bytes().startswith(b"%PDF-")
