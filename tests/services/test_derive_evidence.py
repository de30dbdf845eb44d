import io
import json

import pytest
from PIL import Image

from desktop import __version__
from desktop.domain.marks import MOST_MARKS, WHOLE, Mark, MarkKind
from desktop.errors import UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.derive_evidence import derive_evidence
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.evidence.export_original import export_original
from desktop.services.evidence.save_marked_copy import save_marked_copy
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from desktop.services.visits.sign_visit import sign_visit
from desktop.services.workspace.journal import change, write_entries
from desktop.storage.records import find_row
from tests.media.picture_samples import exif, gps_tags, jpeg, short_tag
from tests.services.worlds import events

COVER = Mark(MarkKind.COVER, 0, 0, WHOLE // 2, WHOLE)
WORDS = Mark(MarkKind.TEXT, WHOLE // 2, WHOLE // 2, WHOLE // 2, WHOLE // 2, "此处空岗")


@pytest.fixture
def photo(world):
    data = jpeg((400, 300), exif=exif([short_tag(0x0112, 6)], gps=gps_tags()))
    note = {"item": 1, "caption": "窗口", "place": "一楼"}
    (evidence_id,) = attach_evidence(world.anna, world.visits[0], [world.file("photo.jpg", data)], note)
    return evidence_id


def row_of(world, evidence_id, name="anna"):
    return find_row(getattr(world, name).db, "evidence", evidence_id)


def original(world, evidence_id, tmp_path):
    export_original(world.anna, evidence_id, tmp_path / evidence_id)
    return (tmp_path / evidence_id).read_bytes()


def test_a_derivative_is_evidence_of_the_same_visit_that_names_its_original(world, photo, tmp_path):
    before = original(world, photo, tmp_path)
    derived = derive_evidence(world.anna, photo, [COVER, WORDS])
    row, parent = row_of(world, derived.id), row_of(world, photo)
    image = Image.open(io.BytesIO(original(world, derived.id, tmp_path)))

    assert (row["owner_id"], row["item"], row["caption"], row["place"]) == (
        world.visits[0],
        "1",
        "窗口",
        "一楼",
    )
    assert (row["parent_id"], row["parent_sha256"]) == (photo, parent["sha256"])
    assert (row["derivation_kind"], row["tool"]) == ("遮盖", f"mingcha {__version__}")
    assert row["capture_mode"] == "派生制作"
    assert json.loads(row["steps"]) == [
        {"at": [0, 0, WHOLE // 2, WHOLE], "do": "cover"},
        {"at": [WHOLE // 2] * 4, "do": "text", "text": "此处空岗"},
    ]
    assert derived.number == "Z02"
    assert image.size == (300, 400)
    assert max(image.getpixel((60, 200))) < 8
    assert not image.getexif()
    assert row["sha256"] == derived.sha256 != parent["sha256"]
    assert original(world, photo, tmp_path) == before
    assert {"derived", "annotated"} <= set(events(world.anna))


def test_096_derived_again_is_one_more_derivative_and_the_earlier_one_stays(world, photo, tmp_path):
    first = derive_evidence(world.anna, photo, [COVER])
    save_marked_copy(world.anna, photo, [COVER], tmp_path / "out.jpg")
    kept = original(world, first.id, tmp_path)
    second = derive_evidence(world.anna, photo, [WORDS])
    third = derive_evidence(world.anna, second.id, [COVER])

    assert row_of(world, second.id)["derivation_kind"] == "标注"
    assert row_of(world, third.id)["parent_id"] == second.id
    assert original(world, first.id, tmp_path) == kept
    assert "exported_covered" in events(world.anna)


def test_the_office_receives_a_derivative_with_its_derivation(world, photo):
    derived = derive_evidence(world.anna, photo, [WORDS])
    world.bring(world.anna)

    row = row_of(world, derived.id, "office")
    assert (row["parent_id"], row["derivation_kind"]) == (photo, "标注")


def test_marks_that_show_nothing_or_are_too_many_are_refused(world, photo):
    for marks in ([], [Mark(MarkKind.BOX, 5, 5, 5, 5)], [COVER] * (MOST_MARKS + 1)):
        with pytest.raises(UserError):
            derive_evidence(world.anna, photo, marks)
    with pytest.raises(UserError):
        derive_evidence(world.anna, "nothing", [COVER])


def test_nothing_is_derived_where_no_evidence_may_be_added(world, photo):
    world.bring(world.anna)
    with pytest.raises(UserError):
        derive_evidence(world.office, photo, [COVER])
    world.record(world.anna, world.visits[0])
    sign_visit(world.anna, world.visits[0])
    with pytest.raises(UserError):
        derive_evidence(world.anna, photo, [COVER])


def test_006_a_picture_that_cannot_be_decoded_leaves_no_half_derivative(world):
    (broken,) = attach_evidence(
        world.anna, world.visits[0], [world.file("a.jpg", b"\xff\xd8\xff no picture")]
    )
    with pytest.raises(UserError):
        derive_evidence(world.anna, broken, [COVER])

    assert "derived" not in events(world.anna)


def test_a_derivative_of_what_was_taken_out_of_the_visit_is_numbered_among_the_rest(world, photo):
    edit_evidence(world.anna, photo, is_dropped=True)

    assert derive_evidence(world.anna, photo, [COVER]).number == "Z01"


def test_the_list_of_evidence_never_calls_a_derivative_an_original(world, photo):
    derived = derive_evidence(world.anna, photo, [COVER])
    lines = evidence_form(world.anna, world.visits[0]).lines
    edit_evidence(world.anna, photo, is_dropped=True)
    (alone,) = evidence_form(world.anna, world.visits[0]).lines

    assert [line.is_original for line in lines] == [True, False]
    assert lines[1].name in ("窗口（由 Z01 派生：遮盖）", "窗口 (derived from Z01: parts covered)")
    assert alone.name in ("窗口（派生：遮盖）", "窗口 (derived: parts covered)")
    assert derived.number == "Z02"


def test_064_what_names_a_parent_is_shown_as_derived_even_if_nothing_else_is_known(world, photo):
    part = {"parent_id": "elsewhere", "parent_sha256": "", "kind": "", "tool": "", "steps": []}
    write_entries(world.anna, [change(world.anna, photo, "evidence", {"derivation": part})])
    (shown,) = shown_evidence(world.anna, read_visit(world.anna.db, world.visits[0]))

    assert shown.is_derived
    assert shown.parent_number == ""
