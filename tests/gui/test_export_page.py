import errno
import os
from pathlib import Path

import pytest

from desktop.exchange import medium as medium_module
from desktop.gui.evidence.facts_view import short_size
from desktop.gui.field.handover_words import how_much_text, medium_problem, medium_remark, medium_text
from desktop.gui.field.medium_field import MediumField
from desktop.gui.field.volume_size_field import SIZES
from desktop.gui.texts import Texts
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.find_media import Medium, find_media, look_at_medium
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.show_handover import HandoverState
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from tests.media.picture_samples import jpeg

LONG_MS = 20_000
GB = 1 << 30


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop):
    laptop.show_page("export")
    page = laptop.pages["export"]
    qtbot.waitUntil(lambda: page.visits.rowCount() == 1, timeout=LONG_MS)
    return page


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def state(page):
    return page.visits.row(0).state


def export(qtbot, page, folder):
    before = page.packages.rowCount()
    page.export_to(folder)
    qtbot.waitUntil(lambda: page.packages.rowCount() == before + 1, timeout=LONG_MS)
    qtbot.waitUntil(page.export_button.isEnabled, timeout=LONG_MS)


def test_what_has_to_go_is_said_with_the_office_and_its_fingerprint(page, world):
    with world.opened("office", read_only=True) as office:
        name, digits = "云泽市政府督查室", office.node
    assert state(page) is HandoverState.STORED
    assert name in page.office_label.text()
    assert len(page.fingerprint_label.text().split()) >= 8
    assert digits
    assert page.what_label.text() == _("Visits stored on this computer only: {count}").format(count=1)


def test_a_visit_goes_from_stored_over_exported_to_confirmed(qtbot, page, laptop, world, stick):
    export(qtbot, page, stick)
    qtbot.waitUntil(lambda: state(page) is HandoverState.EXPORTED, timeout=LONG_MS)
    assert page.note.property("tone") == "done"
    with world.opened("office") as office:
        assert merge_packages(office, list(stick.glob("*.mcp"))).is_complete
        receipts = [written.path for written in write_receipts(office, world.stick)]
    laptop.jobs.write(lambda workspace: merge_packages(workspace, receipts))
    qtbot.waitUntil(lambda: state(page) is HandoverState.CONFIRMED, timeout=LONG_MS)

    assert page.what_label.text() == _("The office has confirmed everything")
    assert page.packages.row(0).state == "acknowledged"


def test_new_evidence_makes_a_confirmed_visit_wait_again(qtbot, page, laptop, world, stick):
    export(qtbot, page, stick)
    photo = world.file("photo.jpg", jpeg())
    laptop.jobs.write(lambda workspace: attach_evidence(workspace, world.visits[0], [photo]))
    qtbot.waitUntil(lambda: state(page) is HandoverState.STORED, timeout=LONG_MS)

    assert page.visits.row(0).evidence == 1


def test_the_slip_of_a_package_is_saved_as_pdf(qtbot, page, stick, tmp_path):
    export(qtbot, page, stick)
    page.note.hide()
    page.save_slip(page.packages.row(0).id, tmp_path / "slip.pdf")
    qtbot.waitUntil(page.note.isVisible, timeout=LONG_MS)

    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")


def test_a_stick_pulled_in_the_middle_is_said_and_the_next_export_goes_on(qtbot, page, stick, monkeypatch):
    class Pulled:
        def __init__(self, file):
            self._file = file
            self._left = 1

        def write(self, data):
            self._left -= 1
            if self._left < 0:
                raise OSError(errno.EIO, "pulled")
            return self._file.write(data)

        def __getattr__(self, name):
            return getattr(self._file, name)

    whole = medium_module.open_new
    monkeypatch.setattr(medium_module, "open_new", lambda path: Pulled(whole(path)))
    page.export_to(stick)
    qtbot.waitUntil(page.note.isVisible, timeout=LONG_MS)

    assert page.note.property("tone") == "problem"
    assert page.packages.rowCount() == 0
    assert state(page) is HandoverState.STORED
    assert not list(stick.iterdir())
    monkeypatch.undo()
    export(qtbot, page, stick)
    assert page.note.property("tone") == "done"


def test_a_medium_that_is_pulled_out_disables_the_export_until_another_is_chosen(
    qtbot, page, stick, tmp_path
):
    page.medium_field.choose(stick)
    qtbot.waitUntil(lambda: page.medium_field.chosen is not None, timeout=LONG_MS)
    assert page.export_button.isEnabled()
    stick.rmdir()
    page.medium_field.look()
    qtbot.waitUntil(lambda: not page.export_button.isEnabled(), timeout=LONG_MS)

    assert page.medium_field.problem_label.isVisible()
    page.medium_field.choose(tmp_path)
    qtbot.waitUntil(page.export_button.isEnabled, timeout=LONG_MS)


def test_the_button_writes_to_the_medium_that_is_chosen(qtbot, page, stick):
    page.medium_field.choose(stick)
    qtbot.waitUntil(lambda: page.medium_field.chosen is not None, timeout=LONG_MS)
    page.export_button.click()
    qtbot.waitUntil(lambda: page.packages.rowCount() == 1, timeout=LONG_MS)

    assert len(list(stick.glob("*.mcp"))) == 1


def test_stopping_an_export_leaves_nothing_on_the_medium(qtbot, page, stick, world, laptop):
    photos = [world.file(f"{number}.bin", os.urandom(3_000_000)) for number in range(6)]
    laptop.jobs.write(lambda workspace: attach_evidence(workspace, world.visits[0], photos))
    qtbot.waitUntil(lambda: page.visits.row(0).evidence == 6, timeout=LONG_MS)
    page.export_to(stick)
    page.progress.stop_button.click()
    qtbot.waitUntil(page.export_button.isEnabled, timeout=LONG_MS)

    assert not page.progress.isVisible()
    if not page.packages.rowCount():
        assert not list(stick.iterdir())


def test_the_size_of_a_file_is_chosen_and_the_number_of_files_is_said(qtbot, page, laptop, world, stick):
    photos = [world.file(f"{number}.bin", os.urandom(300_000)) for number in range(3)]
    laptop.jobs.write(lambda workspace: attach_evidence(workspace, world.visits[0], photos))
    qtbot.waitUntil(lambda: page.visits.row(0).evidence == 3, timeout=LONG_MS)
    assert [page.size_field.choose(size) or page.size_field.size_bytes for size in SIZES] == list(SIZES)
    assert page.size_field.choice_field.currentText() == _("at most 650 MB each (for CDs)")
    assert "650" in page.size_field.choice_field.currentText()
    handover = page._handover
    assert _("package up to {size}").split("{")[0] in how_much_text(handover, GB)
    several = how_much_text(handover, 400_000)

    assert several.endswith(
        _("package up to {size} in about {files} files").format(
            size=short_size(handover.package_bytes), files=-(-handover.package_bytes // 400_000)
        )
    )


@pytest.fixture
def small_volumes(page, monkeypatch):
    """Let the page write files of 350 KB."""
    monkeypatch.setattr(type(page.size_field), "size_bytes", property(lambda _field: 350_000))


def pull_after(monkeypatch, files):
    """Let the medium vanish when so many files were written."""
    real, count = medium_module.open_new, [0]

    def open_new(path):
        count[0] += 1
        if count[0] > files:
            raise OSError(errno.EIO, "pulled")
        return real(path)

    monkeypatch.setattr(medium_module, "open_new", open_new)
    return lambda: monkeypatch.setattr(medium_module, "open_new", real)


@pytest.fixture
def heavy(qtbot, page, laptop, world, small_volumes):
    photos = [world.file(f"{number}.bin", os.urandom(300_000)) for number in range(3)]
    laptop.jobs.write(lambda workspace: attach_evidence(workspace, world.visits[0], photos))
    qtbot.waitUntil(lambda: page.visits.row(0).evidence == 3, timeout=LONG_MS)
    return page


def test_an_interrupted_export_is_shown_and_continued_on_another_stick(
    qtbot, heavy, world, stick, tmp_path, monkeypatch
):
    plug_in = pull_after(monkeypatch, 1)
    heavy.export_to(stick)
    qtbot.waitUntil(heavy.unfinished_bar.isVisible, timeout=LONG_MS)
    qtbot.waitUntil(heavy.export_button.isEnabled, timeout=LONG_MS)
    assert heavy.note.property("tone") == "problem"
    assert state(heavy) is HandoverState.STORED
    assert heavy.packages.rowCount() == 0
    assert "1" in heavy.unfinished_bar.text_label.text()
    plug_in()
    other = tmp_path / "other"
    other.mkdir()
    heavy.medium_field.choose(other)
    qtbot.waitUntil(lambda: heavy.medium_field.chosen is not None, timeout=LONG_MS)
    heavy.unfinished_bar.yes_button.click()
    qtbot.waitUntil(lambda: heavy.packages.rowCount() == 1, timeout=LONG_MS)

    qtbot.waitUntil(lambda: not heavy.unfinished_bar.isVisible(), timeout=LONG_MS)
    assert len(list(stick.glob("*.mcp"))) == 1
    with world.opened("office") as office:
        (merged,) = merge_packages(office, [*stick.glob("*.mcp"), *other.glob("*.mcp")]).files
    assert merged.outcome == "applied"


def test_a_lost_file_is_written_again_from_the_page(qtbot, heavy, stick):
    export(qtbot, heavy, stick)
    victim = sorted(stick.glob("*.mcp"))[1]
    victim.unlink()
    heavy.packages_view.selectRow(0)
    heavy.repair_button.click()
    assert heavy.repair_bar.choice_field.count() == len(heavy.packages.row(0).files) > 2
    heavy.repair_bar.choice_field.setCurrentText(victim.name)
    heavy.medium_field.choose(stick)
    qtbot.waitUntil(lambda: heavy.medium_field.chosen is not None, timeout=LONG_MS)
    heavy.repair_bar.yes_button.click()
    qtbot.waitUntil(victim.exists, timeout=LONG_MS)
    qtbot.waitUntil(heavy.export_button.isEnabled, timeout=LONG_MS)

    assert not heavy.repair_bar.isVisible()
    assert heavy.note.property("tone") == "done"


def test_originals_are_cleared_after_a_question_when_the_office_has_them(qtbot, heavy, laptop, world, stick):
    assert not heavy.clear_button.isEnabled()
    export(qtbot, heavy, stick)
    (world.folder / "backups").mkdir()
    with world.opened("office") as office:
        assert merge_packages(office, list(stick.glob("*.mcp"))).is_complete
        back_up_workspace(office, world.folder / "backups")
        receipts = [written.path for written in write_receipts(office, world.stick)]
    laptop.jobs.write(lambda workspace: merge_packages(workspace, receipts))
    qtbot.waitUntil(heavy.clear_button.isEnabled, timeout=LONG_MS)
    heavy.clear_button.click()
    assert heavy.clear_bar.isVisible()
    assert "3" in heavy.clear_bar.text_label.text()
    heavy.clear_bar.no_button.click()
    assert not heavy.clear_bar.isVisible()
    heavy.clear_button.click()
    heavy.clear_bar.yes_button.click()
    qtbot.waitUntil(lambda: not heavy.clear_button.isEnabled(), timeout=LONG_MS)

    assert heavy.note.property("tone") == "done"
    assert state(heavy) is HandoverState.STORED or state(heavy) is HandoverState.CONFIRMED


def medium(**changes):
    facts = {
        "folder": Path("/media/stick"),
        "file_system": "FAT32",
        "is_fat": True,
        "is_removable": True,
        "is_writable": True,
        "free_bytes": 8 * GB,
        "total_bytes": 16 * GB,
    }
    return Medium(**(facts | changes))


@pytest.mark.parametrize(
    ("changes", "package_bytes"),
    [
        ({"total_bytes": 0}, 1),
        ({"is_writable": False}, 1),
        ({"free_bytes": 100}, 101),
    ],
)
def test_a_medium_that_will_not_do_says_why(changes, package_bytes):
    assert medium_problem(medium(**changes), package_bytes)


def test_a_medium_that_will_do_says_what_it_is():
    stick = medium()

    assert medium_problem(stick, GB) == ""
    assert "FAT32" in medium_text(stick)
    assert "4 GB" in medium_remark(stick, GB)
    assert medium_remark(medium(is_removable=False, is_fat=False), GB)
    assert medium_remark(medium(is_fat=False), 9 * GB)
    assert medium_remark(medium(is_fat=False), GB) == ""


def test_sticks_appear_and_vanish_by_themselves(qtbot, jobs):
    plugged = [medium()]
    field = MediumField(jobs, Texts(), find=lambda: tuple(plugged))
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(lambda: field.chosen is not None, timeout=LONG_MS)
    plugged.append(medium(folder=Path("/media/another")))
    field.look()
    qtbot.waitUntil(lambda: field.choice_field.count() == 2, timeout=LONG_MS)

    assert field.chosen.folder == Path("/media/stick")
    plugged.clear()
    field.look()
    qtbot.waitUntil(lambda: bool(field.problem), timeout=LONG_MS)


def test_a_field_without_media_says_so(qtbot, jobs):
    field = MediumField(jobs, Texts(), find=tuple)
    qtbot.addWidget(field)
    field.show()
    field.look()

    assert field.choice_field.currentText() == _("No stick or disc is plugged in")
    assert field.problem == ""


def test_only_media_that_are_there_are_listed(tmp_path):
    found = find_media(lambda: [tmp_path, tmp_path / "gone"])

    assert [each.folder for each in found] == [tmp_path]
    assert found[0].free_bytes > 0
    assert not look_at_medium(tmp_path / "gone").is_there
