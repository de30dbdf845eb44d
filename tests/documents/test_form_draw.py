from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

from desktop.documents.form_draw import DrawForm, PrintedLot, PrintedPlace, draw_draw_forms, draw_sheet
from desktop.i18n import use_language
from tests.documents.printed import rows, whole_text

CHINA = timezone(timedelta(hours=8))
IDS = [f"019a9000-0000-7000-8000-{number:012d}" for number in range(60)]
FORM = DrawForm(
    office="云泽市人民政府督查室",
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    mission="第四季度双随机抽查",
    number="YZDC-2026-017",
    draw_number=1,
    draws=1,
    drawn_at=datetime(2026, 11, 20, 9, 30, tzinfo=CHINA),
    drawn_by="王芳",
    witness="李见证",
    seed="00112233445566778899aabbccddeeff",
    algorithm="mingcha-draw-1",
    population_sha256="9f3a21bc" * 8,
    record_sha256="0d447d43" * 8,
    outcome="复核一致。",
    noted="日志已记下。",
    places=(PrintedPlace("市生态环境局", "滨河路工地", True), PrintedPlace("澄湖区", "", False)),
    lots=(
        PrintedLot(
            1, "市生态环境局", IDS[1], ("滨河路工地", "职工食堂"), "03282d5ef42704caff70886d0c9c40c9" * 2
        ),
        PrintedLot(2, "澄湖区", IDS[2], (), "09988be02ea24a95693c595a4b56ecad" * 2),
        PrintedLot(0, "市商务局", IDS[3], (), "f06dc37ffd1b895a2f2249b64426f631" * 2),
    ),
)


def test_everything_one_needs_to_draw_again_is_printed():
    text = whole_text(draw_sheet(FORM))

    for value in (
        "随机抽取记录表",
        "任务编号：YZDC-2026-017",
        "第四季度双随机抽查",
        "2026年11月20日9时30分|算法版本|mingcha-draw-1",
        "王　芳|见证人|李见证",
        "单位总数|3|抽取个数|2",
        "00112233 44556677 8899aabb ccddeeff",
        " ".join(["9f3a21bc"] * 4),
        " ".join(["0d447d43"] * 4),
        "复核一致。日志已记下。",
        "SHA-256",
    ):
        assert value in text, value


def test_places_come_in_the_order_of_the_draw_and_say_whether_they_are_visited():
    printed = rows(draw_sheet(FORM))

    assert ["1", "市生态环境局", "滨河路工地", "是"] in printed
    assert ["2", "澄湖区", "单位整体", "否"] in printed


def test_every_unit_is_listed_with_its_id_its_sites_and_its_ticket():
    printed = rows(draw_sheet(FORM))

    assert ["1", f"市生态环境局{IDS[1]}", "滨河路工地、职工食堂", "03282d5e f42704ca"] in printed
    assert ["", f"市商务局{IDS[3]}", "", "f06dc37f fd1b895a"] in printed


def test_the_form_says_that_there_was_no_witness():
    assert "见证人|无见证人" in whole_text(draw_sheet(replace(FORM, witness="")))


def test_several_draws_are_numbered_and_visits_chosen_by_hand_counted():
    alone, second = (
        whole_text(draw_sheet(form)) for form in (FORM, replace(FORM, draws=2, draw_number=2, by_hand=3))
    )

    assert "第 2 次抽取（共 2 次）" in second
    assert "不是抽取产生的检查：3 次。" in second
    assert "次抽取" not in alone
    assert "不是抽取产生的检查" not in alone


def test_a_long_list_goes_on_over_the_pages_and_the_drawing_is_reproducible():
    lots = tuple(PrintedLot(0, f"第{n}局", IDS[n], (), "") for n in range(60))
    first, second = BytesIO(), BytesIO()

    assert draw_draw_forms([replace(FORM, lots=lots)], first).pages > 2
    draw_draw_forms([replace(FORM, lots=lots)], second)
    assert first.getvalue() == second.getvalue()


def test_the_english_form_reads_well():
    use_language("en")

    text = whole_text(draw_sheet(FORM))
    assert "Record of a random draw" in text
    assert "Drawn by|王芳|Witness to the draw|李见证" in text
