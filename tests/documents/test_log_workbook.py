from io import BytesIO

from openpyxl import load_workbook

from desktop.documents.log_workbook import LoggedAct, log_workbook

ACTS = (
    LoggedAct("2026-11-20 09:30:05", "张三", "云泽市政府督查室", "吊销设备节点", "", "外业一组", "=1+1"),
    LoggedAct("2026-11-20 09:30:00", "张三", "云泽市政府督查室", "登记设备节点", "", "外业一组", ""),
)


def sheet():
    out = BytesIO()
    log_workbook("云泽市政府督查室日志", ACTS, out)
    return load_workbook(out).active


def test_every_act_is_a_row_under_the_name_of_the_log():
    values = [[cell.value for cell in row] for row in sheet()]

    assert values[0][0] == "云泽市政府督查室日志"
    assert values[1] == ["时间", "人员", "设备", "事项", "关于", "对方", "原因"]
    assert values[3] == [
        "2026-11-20 09:30:00",
        "张三",
        "云泽市政府督查室",
        "登记设备节点",
        None,
        "外业一组",
        None,
    ]


def test_a_text_never_runs():
    cell = sheet()["G3"]

    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_it_prints_across_with_its_heads_on_each_page():
    made = sheet()

    assert (made.page_setup.orientation, made.print_title_rows, made.freeze_panes) == (
        "landscape",
        "$2:$2",
        "A3",
    )
