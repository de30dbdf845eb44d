"""Forms are filled with what the records say; what is empty is left out and counted."""

from datetime import date
from io import BytesIO

import pytest

from desktop.documents.drawing import FormReport
from desktop.errors import UserError
from desktop.i18n import use_language
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.package_slip import package_slip
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.printing.print_form import print_form
from desktop.services.visits.review_visit import review_visit
from desktop.services.visits.visit_form import visit_form
from desktop.storage.packages import packages
from tests.media.picture_samples import jpeg


def record(world, visit, kinds=()):
    evidence = [
        {"path": world.file(f"{number}.jpg", jpeg((40 + number, 30))).name, "item": 1, "kind": kind}
        for number, kind in enumerate(kinds)
    ]
    return world.record(
        world.anna,
        visit,
        started_at="2026-11-20T09:00:00+08:00",
        answers=[{"item": 1, "deduct": "2", "facts": "窗口空岗"}],
        evidence=evidence,
    )


def brought_home(world):
    written = export_results(world.anna, world.stick)
    merge_packages(world.office, [written.path])
    return packages(world.office.db, "in")[-1]


def test_visits_without_evidence_get_no_list_and_are_counted(world):
    record(world, world.visits[0], ["照片"])

    report = print_form(world.anna, "F12", [], BytesIO())

    assert isinstance(report, FormReport)
    assert report.pages == 2
    assert report.left_out == len(visits_at(world.anna)) - 1


def visits_at(workspace):
    return workspace.db.execute("SELECT id FROM visit WHERE checklist_id IS NOT NULL").fetchall()


def test_a_visit_named_by_its_id_gets_its_list_even_empty_for_handwriting(world):
    record(world, world.visits[0])

    report = print_form(world.anna, "F12", [world.visits[0]], BytesIO())

    assert (report.pages, report.left_out) == (1, 0)


def test_a_visit_nobody_has_made_has_no_total(world):
    assert visit_form(world.anna, world.visits[0]).total is None


def test_no_list_at_all_is_refused(world):
    with pytest.raises(UserError):
        print_form(world.anna, "F12", [], BytesIO())


def test_a_photocopy_is_no_original(world):
    record(world, world.visits[0], ["照片", "书证复印", "截图"])

    form = evidence_form(world.anna, world.visits[0])

    assert [line.is_original for line in form.lines] == [True, False, True]


@pytest.mark.parametrize(("count", "per_page"), [(1, 2), (2, 2), (3, 4)])
def test_few_photos_are_printed_large(world, count, per_page):
    record(world, world.visits[0], ["照片"] * count)

    assert evidence_form(world.anna, world.visits[0]).photos_per_page == per_page


def test_the_matter_names_the_site_and_the_checklist(world):
    record(world, world.visits[0])

    matter = evidence_form(world.anna, world.visits[0]).matter

    assert matter.endswith("政务服务大厅暗访表")


def test_a_slip_is_numbered_like_its_file_and_tells_the_days_of_its_visits(world):
    record(world, world.visits[0], ["照片"])
    package = brought_home(world)

    slip = package_slip(world.office, package.manifest_sha256)

    assert f"{slip.number}.mcp" == package.file_name
    assert (slip.first_on, slip.last_on) == (date(2026, 11, 20), date(2026, 11, 20))
    assert slip.photos == 1


def test_a_slip_of_missions_tells_no_days(world):
    package = packages(world.office.db, "out")[0]

    slip = package_slip(world.office, package.manifest_sha256)

    assert slip.first_on is None
    assert slip.visits is not None


def test_a_veto_is_told_in_the_language_of_the_form(world):
    veto = next(int(item.number) for item in checklist_items(world) if item.veto_text)
    world.record(
        world.anna,
        world.visits[0],
        started_at="2026-11-20T09:00:00+08:00",
        answers=[{"item": veto, "deduct": "10", "facts": "另收费用", "veto": True}],
    )
    brought_home(world)
    review_visit(world.office, world.visits[0], approved_vetoes=[veto])

    chinese = visit_form(world.office, world.visits[0]).veto_findings
    use_language("en")
    english = visit_form(world.office, world.visits[0]).veto_findings

    assert chinese.startswith(f"第{veto}项：")
    assert english.startswith(f"Item {veto}: ")


def checklist_items(world):
    return visit_form(world.anna, world.visits[0]).items
