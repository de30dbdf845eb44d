import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from desktop.documents.ranking_data import Ranking, RankingLine, ScoreLine
from desktop.documents.ranking_workbook import ranking_workbook
from desktop.i18n import use_language

RANKING = Ranking(
    "云泽市人民政府督查室",
    "2026年上半年督查考核排名",
    "《云泽市目标管理考评办法》",
    date(2026, 7, 10),
    (
        RankingLine("县区一组", 1, "澄湖区", Decimal("90.05"), Decimal("88.5"), Decimal("89.12"), (), "算式"),
        RankingLine("县区一组", None, "望岭区", Decimal("85"), None, None, ("缺暗访", "一票否决"), "=1+1"),
    ),
    (
        ScoreLine(
            "澄湖区",
            "DC2026-03-0012",
            date(2026, 5, 20),
            "明查",
            "产业园",
            "重点项目现场督查表",
            Decimal("80.5"),
            Decimal("96"),
            Decimal("83.85"),
            "",
            "80.5÷96×100=83.85",
        ),
        ScoreLine("望岭区", "", None, "", "", "", None, None, None),
    ),
)


def sheets():
    out = io.BytesIO()
    ranking_workbook(RANKING, out)
    return load_workbook(io.BytesIO(out.getvalue())).worksheets


def test_ranking_shows_ranks_means_and_marks():
    ranking, _scores = sheets()

    lines = list(ranking.iter_rows(values_only=True))
    assert lines[0][0] == "2026年上半年督查考核排名"
    assert "2026年7月10日" in lines[1][0]
    assert lines[2] == ("考核分组", "名次", "单位", "明查平均分", "暗访平均分", "得分", "备注", "计算过程")
    assert lines[3] == ("县区一组", 1, "澄湖区", 90.05, 88.5, 89.12, None, "算式")
    assert lines[4] == ("县区一组", None, "望岭区", 85, None, None, "缺暗访、一票否决", "=1+1")


def test_scores_are_shown_with_two_decimals_and_texts_never_run():
    ranking, _scores = sheets()

    assert ranking["F4"].number_format == "0.00"
    assert ranking["H5"].data_type == "s"


def test_every_visit_is_shown_with_its_arithmetic():
    _ranking, scores = sheets()

    assert [cell.value for cell in scores[4]] == [
        "澄湖区",
        "DC2026-03-0012",
        "2026年5月20日",
        "明查",
        "产业园",
        "重点项目现场督查表",
        80.5,
        96,
        83.85,
        None,
        "80.5÷96×100=83.85",
    ]


def test_both_sheets_print_across_with_their_heads_on_each_page():
    for sheet in sheets():
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (0, 9)
        assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"


def test_heads_and_the_name_of_the_unit_stay_in_sight():
    ranking, scores = sheets()

    assert (ranking.freeze_panes, scores.freeze_panes) == ("D4", "B4")


def test_all_rows_are_printed_and_can_be_filtered():
    ranking, scores = sheets()

    assert (ranking.auto_filter.ref, scores.auto_filter.ref) == ("A3:H5", "A3:K5")
    assert (ranking.print_area, scores.print_area) == ("'排名'!$A$1:$H$5", "'检查得分明细'!$A$1:$K$5")


def test_each_sheet_says_in_its_title_what_it_is():
    ranking, scores = sheets()

    assert ranking["A1"].value == "2026年上半年督查考核排名"
    assert scores["A1"].value == "2026年上半年督查考核排名　检查得分明细"


def test_english_sheets_have_no_chinese_heads():
    use_language("en")

    for sheet in sheets():
        heads = [cell.value for cell in sheet[3]]
        assert all(head.isascii() for head in heads)
        assert sheet.oddFooter.center.text == "Page &P of &N"
