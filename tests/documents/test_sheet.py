from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.cell import MM, TOP, Cell, Row, Table, fill_table
from desktop.documents.sheet import LANDSCAPE, PORTRAIT, Gap, PageBreak, Sheet, lay_out

WIDTH = PORTRAIT.body_width_mm


def table(*heights_mm, head_rows=0, kept=()):
    rows = (Row((Cell(str(n)),), height, n in kept) for n, height in enumerate(heights_mm))
    return Table((WIDTH,), tuple(rows), head_rows)


def pages_of(*blocks, paper=PORTRAIT):
    return lay_out(Sheet(blocks, "F00", paper=paper))


def texts(page):
    return ["".join(line.text for line in placed.row.cells[0].lines) for placed in page.rows]


def test_rows_fill_a_page_and_go_on_with_the_next():
    pages = pages_of(table(100, 100, 100))

    assert [texts(page) for page in pages] == [["0", "1"], ["2"]]


def test_head_of_a_table_is_repeated():
    pages = pages_of(table(10, 100, 100, 100, head_rows=1))

    assert [texts(page) for page in pages] == [["0", "1", "2"], ["0", "3"]]


def test_head_is_not_left_alone_at_the_foot_of_a_page():
    pages = pages_of(table(240), table(10, 50, head_rows=1))

    assert [texts(page) for page in pages] == [["0"], ["0", "1"]]


def test_kept_rows_go_to_the_next_page_together():
    pages = pages_of(table(150, 60, 60, kept={1}))

    assert [texts(page) for page in pages] == [["0"], ["1", "2"]]


def test_kept_rows_come_apart_when_no_page_holds_them():
    pages = pages_of(table(150, 150, 150, kept={0, 1}))

    assert [texts(page) for page in pages] == [["0"], ["1"], ["2"]]


def test_end_of_a_table_goes_to_the_page_of_the_next_table():
    first = replace(table(100, 60, 60, head_rows=0), keep_with_next=True)

    pages = pages_of(first, Gap(2), table(40, 10, kept={0}))

    assert [texts(page) for page in pages] == [["0", "1"], ["2", "0", "1"]]


def test_tables_that_are_kept_together_pull_one_another():
    first = replace(table(100, 60, 60), keep_with_next=True)
    second = replace(table(20), keep_with_next=True)

    pages = pages_of(first, second, table(10, 20))

    assert [texts(page) for page in pages] == [["0", "1", "2", "0", "0"], ["1"]]
    pages = pages_of(first, second, Gap(8), table(10, 20))
    assert [texts(page) for page in pages] == [["0", "1"], ["2", "0", "0", "1"]]


def test_table_is_not_kept_with_what_no_page_holds_beside_it():
    first = replace(table(100, 60), keep_with_next=True)

    pages = pages_of(first, table(240))

    assert [texts(page) for page in pages] == [["0", "1"], ["0"]]


def test_table_before_a_page_break_is_kept_with_nothing():
    first = replace(table(100, 150), keep_with_next=True)

    pages = pages_of(first, Gap(2), PageBreak(PORTRAIT), table(240))

    assert [texts(page) for page in pages] == [["0", "1"], ["0"]]
    assert len(pages_of(first)) == 1


def test_last_row_that_asks_to_be_kept_is_placed():
    assert [texts(page) for page in pages_of(table(10, 10, kept={1}))] == [["0", "1"]]


def test_gap_moves_what_follows_but_not_at_the_head_of_a_page():
    (page,) = pages_of(Gap(30), table(10), Gap(5), table(10))

    assert [placed.y for placed in page.rows] == pytest.approx([0, 15 * MM])


def test_page_break_changes_the_paper():
    pages = pages_of(table(10), PageBreak(LANDSCAPE), table(10))

    assert [page.paper for page in pages] == [PORTRAIT, LANDSCAPE]


def test_page_break_at_the_beginning_leaves_no_empty_page():
    assert len(pages_of(PageBreak(LANDSCAPE), table(10))) == 1


def test_row_of_the_wrong_number_of_columns_is_a_bug():
    with pytest.raises(ValueError, match="3 columns"):
        fill_table(Table((10.0, 10.0), (Row((Cell(columns=3),)),)))


@given(st.integers(600, 9000), st.booleans())
def test_row_taller_than_a_page_is_split_without_losing_a_line(count, has_head):
    text = "督" * count + "查"
    head = (Row((Cell("表头"),)),) if has_head else ()
    long = Row((Cell(text, TOP, bottom="签字"),), keep_with_next=True)

    pages = pages_of(table(150), Table((WIDTH,), (*head, long, Row((Cell("末行"),))), len(head)))

    shown = "".join(
        line.text
        for page in pages
        for placed in page.rows
        for line in placed.row.cells[0].lines
        if line.text not in ("0", "表头", "末行")
    )
    assert shown == text
    signatures = [placed for page in pages for placed in page.rows if placed.row.cells[0].bottom_lines]
    assert len(signatures) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("短长"), st.integers(0, 3000), st.booleans()), min_size=1, max_size=12
    ),
    st.booleans(),
)
def test_nothing_reaches_below_the_body(rows, has_head):
    made = tuple(Row((Cell(char * count),), 8.0, kept) for char, count, kept in rows)
    head = (Row((Cell("表头"),)),) if has_head else ()

    pages = pages_of(Table((WIDTH,), (*head, *made), len(head)), Gap(2), table(30, 30, kept={0}))

    for page in pages:
        for placed in page.rows:
            assert placed.y + placed.row.height <= page.paper.body_height + 0.05
            for cell in placed.row.cells:
                assert cell.needed_height <= placed.row.height + 0.05
    assert all(page.rows for page in pages)


def test_fitting_cell_shrinks_to_one_line_and_at_last_wraps():
    wide, narrow = fill_table(
        Table(
            (11.0,),
            (Row((Cell("100.25", fit=True),)), Row((Cell("1234567890.12345", fit=True),))),
        )
    )

    assert wide.cells[0].style.size < Cell().style.size
    assert len(wide.cells[0].lines) == 1
    assert len(narrow.cells[0].lines) > 1


def test_there_is_room_to_sign_below_a_text():
    (row,) = fill_table(Table((140.0,), (Row((Cell("异议" * 300, TOP, bottom="签字"),)),)))

    cell = row.cells[0]
    text = (len(cell.lines) + len(cell.bottom_lines)) * cell.style.leading
    assert row.height - text >= 7 * MM
