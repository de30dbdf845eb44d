import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from desktop.documents.ranking_workbook import Ranking, RankingLine, ScoreLine, ranking_workbook

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
        assert sheet.freeze_panes == "A4"
