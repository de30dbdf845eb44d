import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView

LONG = "乡村振兴（新农村建设）检查表，含附表和补充说明"


@pytest.fixture
def view(qtbot):
    """A table of a short text without a width and a long one in a narrow column."""
    view = RowsView(
        RowsModel(
            (Column(lambda: "单位", lambda row: row[0]), Column(lambda: "检查表", lambda row: row[1], 90))
        )
    )
    qtbot.addWidget(view)
    return view


def fill(view, width, *rows):
    view.model().show_rows(rows)
    view.resize(width, 300)
    view.show()
    QApplication.processEvents()


def test_a_column_whose_texts_are_cut_gets_the_room_that_another_does_not_need(view):
    fill(view, 1000, ("澄湖区", LONG))

    assert view.columnWidth(1) >= view.sizeHintForColumn(1) > 90
    assert view.columnWidth(0) + view.columnWidth(1) == view.viewport().width()


def test_where_there_is_no_room_to_spare_every_column_has_the_width_of_its_page(view):
    fill(view, 200, (LONG, LONG))

    assert view.columnWidth(1) == 90


def test_where_there_is_too_little_room_a_column_has_what_its_texts_need(qtbot):
    columns = (
        Column(lambda: "设备", lambda row: row[0], 190),
        Column(lambda: "文件", lambda row: row[1], least_px=120),
    )
    view = RowsView(RowsModel(columns))
    qtbot.addWidget(view)
    fill(view, 400, ("外业一组", LONG))
    assert view.columnWidth(0) == 190
    fill(view, 250, ("外业一组", LONG))
    assert view.sizeHintForColumn(0) <= view.columnWidth(0) < 190
    assert view.columnWidth(1) >= 120
    fill(view, 400, ("外业一组", LONG))
    assert view.columnWidth(0) == 190


def test_a_chip_is_never_cut(qtbot):
    columns = (
        Column(lambda: "名称", str),
        Column(lambda: "状态", lambda row: row, 60, chip=lambda _row: "ok"),
    )
    view = RowsView(RowsModel(columns))
    qtbot.addWidget(view)
    fill(view, 260, "being planned")

    assert view.columnWidth(1) >= view.sizeHintForColumn(1) > 60


def test_the_room_goes_back_when_the_table_gets_narrow_or_its_texts_short(view):
    fill(view, 1000, ("澄湖区", LONG))

    fill(view, 120, ("澄湖区", LONG))
    assert view.columnWidth(1) == 90
    fill(view, 1000, ("澄湖区", "短"))
    assert view.columnWidth(1) == 90


def drag_right_edge(view, column, *, by):
    """Take the edge of a head by the mouse; returns the width that came of it."""
    header = view.horizontalHeader()
    edge = QPoint(
        header.sectionViewportPosition(column) + header.sectionSize(column) - 2, header.height() // 2
    )
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(by // 2, 0))
    QTest.mouseMove(header.viewport(), edge + QPoint(by, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))
    return view.columnWidth(column)


def test_a_width_that_the_user_has_dragged_stays(view):
    fill(view, 1000, ("澄湖区", LONG))

    width = drag_right_edge(view, 1, by=-60)
    fill(view, 900, ("望岭区", LONG))

    assert view.columnWidth(1) == width


def test_a_column_that_gave_way_and_came_back_is_not_taken_for_dragged(qtbot):
    columns = [Column(lambda: "单位", str)]
    columns += [Column(lambda: "点位", str, width, gives_way=True) for width in (110, 112)]
    view = RowsView(RowsModel([*columns, Column(lambda: "得分", str, 66), Column(lambda: "状态", str, 84)]))
    qtbot.addWidget(view)

    view.show()
    for width in (460, 900, 460):
        view.resize(width, 300)
        view.model().show_rows([LONG])
        QApplication.processEvents()

    assert view.isColumnHidden(2)
    assert view.columnWidth(0) >= 110


def test_columns_that_give_way_are_left_out_of_a_narrow_table_from_the_right(qtbot):
    columns = [Column(lambda: "名称", str)]
    columns += [Column(lambda: "日期", str, 100, gives_way=True) for _each in range(2)]
    view = RowsView(RowsModel([*columns, Column(lambda: "状态", str, 100)]))
    qtbot.addWidget(view)

    hidden = {}
    for width in (360, 200, 500):
        fill(view, width, LONG)
        hidden[width] = [view.isColumnHidden(number) for number in range(4)]

    assert hidden == {
        360: [False, False, True, False],
        200: [False, True, True, False],
        500: [False, False, False, False],
    }
    assert [view.columnWidth(number) for number in (1, 2, 3)] == [100, 100, 100]


def test_a_column_that_is_left_out_stays_so_when_the_table_is_filled_again(qtbot):
    columns = [Column(lambda: "名称", str), Column(lambda: "日期", str, 150, gives_way=True)]
    view = RowsView(RowsModel([*columns, Column(lambda: "状态", str, 100)]))
    qtbot.addWidget(view)

    for width in (310, 300):
        fill(view, width, LONG)
        for _each in range(2):
            view.model().say_again()
            QApplication.processEvents()
            assert [view.isColumnHidden(number) for number in range(3)] == [False, True, False]

    assert view.horizontalScrollBar().maximum() == 0


def test_a_column_is_never_narrower_than_its_head(qtbot):
    view = RowsView(RowsModel((Column(lambda: "名称", str), Column(lambda: "缺少的前序数据包", str, 50))))
    qtbot.addWidget(view)

    fill(view, 400, "甲")

    assert view.columnWidth(1) >= view.horizontalHeader().sectionSizeHint(1)


def test_heads_in_another_language_get_their_room_at_once(qtbot):
    heads = ["日期"]
    view = RowsView(RowsModel((Column(lambda: "名称", str), Column(lambda: heads[0], str, 60))))
    qtbot.addWidget(view)
    fill(view, 400, "甲")

    heads[0] = "Recorded by hand on"
    view.model().say_again()

    assert view.columnWidth(1) >= view.horizontalHeader().sectionSizeHint(1) > 60
