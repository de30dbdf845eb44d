from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest

from desktop.documents.form_evidence import draw_evidence_form, evidence_sheet
from desktop.documents.form_evidence_data import EvidenceForm, EvidenceLine, EvidencePhoto
from desktop.documents.sheet import LANDSCAPE, PORTRAIT, lay_out
from desktop.i18n import use_language
from tests.documents.pictures import picture
from tests.documents.printed import page_texts, rows, whole_text

TAKEN = datetime(2026, 11, 20, 9, 40, tzinfo=timezone(timedelta(hours=8)))
JPEG = picture()
LINE = EvidenceLine(
    number="Z-003",
    name="施工许可证",
    kind="书证",
    is_original=False,
    quantity="2页",
    taken_at=TAKEN,
    place="项目部",
    taken_by="王芳",
    subject="证明许可证已过期",
    file_name="许可证.jpg",
    sha256="9f3a21bc01234567" + "0" * 48,
    storage="柜3",
)
PHOTO = EvidencePhoto("Z-003", JPEG, TAKEN, "项目部会议室", "王芳", "许可证编号页")
FORM = EvidenceForm(
    office="云泽市人民政府督查室",
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    number="DC2026-03-0012",
    matter="重点项目月检查",
    unit="云泽市住房和城乡建设局",
    lines=(LINE,),
    photos=(PHOTO,),
    made_by="王芳",
    checked_by="张伟",
    made_on=date(2026, 11, 20),
)


def drawn(form):
    out = BytesIO()
    return draw_evidence_form(form, out), out.getvalue()


def test_line_shows_everything_one_must_know_of_the_evidence():
    assert [
        "Z-003",
        "施工许可证",
        "书证",
        "复制件",
        "2页",
        "2026年11月20日9时40分",
        "项目部",
        "王　芳",
        "证明许可证已过期",
        "许可证.jpg",
        "9f3a21bc01234567",
        "柜3",
    ] in rows(evidence_sheet(FORM))


def test_head_and_foot_name_the_matter_and_the_makers():
    text = whole_text(evidence_sheet(FORM))

    assert "案　　由|重点项目月检查|被检查单位|云泽市住房和城乡建设局" in text
    assert "制表人|王　芳|复核人|张　伟|日期|2026年11月20日" in text


def test_list_is_across_and_photos_are_upright():
    pages = lay_out(evidence_sheet(FORM))

    assert [page.paper for page in pages] == [LANDSCAPE, PORTRAIT]


def test_photo_shows_number_time_place_photographer_and_caption():
    photo_page = page_texts(evidence_sheet(FORM))[-1]

    assert photo_page[-4:] == [
        ["照片编号", "Z-003", "拍摄人", "王　芳"],
        ["拍摄时间", "2026年11月20日9时40分"],
        ["地点", "项目部会议室"],
        ["说明", "许可证编号页"],
    ]


@pytest.mark.parametrize("per_page", [2, 3, 4])
def test_a_page_holds_as_many_photos_as_asked(per_page):
    form = replace(FORM, photos=(PHOTO,) * (2 * per_page + 1), photos_per_page=per_page)

    pages = page_texts(evidence_sheet(form))[1:]

    counts = [sum(row.count("Z-003") for row in page) for page in pages]
    assert counts == [per_page, per_page, 1]


def test_long_captions_move_photos_but_never_part_them_from_their_captions():
    photos = tuple(
        EvidencePhoto(f"Z-{number:03}", JPEG, caption="说明很长。" * 40 * (number % 3)) for number in range(9)
    )

    for page in page_texts(evidence_sheet(replace(FORM, photos=photos)))[1:]:
        assert sum(row[0] == "照片编号" for row in page) == sum(row[0] == "说明" for row in page)


def test_list_without_evidence_is_blank_for_handwriting():
    sheet = evidence_sheet(EvidenceForm("云泽市人民政府督查室"))

    assert sum(row == [""] * 12 for row in rows(sheet)) == 9
    assert len(lay_out(sheet)) == 1


def test_jpeg_bytes_are_embedded_as_they_are():
    report, content = drawn(FORM)

    assert JPEG in content
    assert report.pages == 2


def test_same_photo_is_embedded_once():
    _report, content = drawn(replace(FORM, photos=(PHOTO,) * 4))

    assert content.count(JPEG) == 1


@pytest.mark.parametrize("image", [b"", JPEG[:200], b"text"])
def test_photo_that_cannot_be_decoded_leaves_a_note_and_its_caption(image):
    form = replace(FORM, photos=(replace(PHOTO, image=image),))

    report, content = drawn(form)

    assert report.pages == 2
    assert JPEG[:100] not in content


def test_transparent_png_can_be_drawn():
    report, _content = drawn(replace(FORM, photos=(replace(PHOTO, image=picture("PNG", mode="RGBA")),)))

    assert report.pages == 2


def test_same_form_gives_the_same_bytes():
    assert drawn(FORM)[1] == drawn(FORM)[1]


def test_english_list_reads_well():
    use_language("en")

    text = whole_text(evidence_sheet(FORM))
    assert "List of evidence" in text
    assert "|Copy|" in text
    assert "2026-11-20 09:40" in text
