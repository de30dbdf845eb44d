"""What stands on the pages of a sheet, for tests that read forms."""

from desktop.documents.linebreak import WORD_JOINER
from desktop.documents.sheet import lay_out


def page_texts(sheet):
    """For each page its rows, each as the list of the texts of its cells."""
    return [[row_texts(placed.row) for placed in page.rows] for page in lay_out(sheet)]


def row_texts(row):
    return [
        "".join(line.text for line in (*cell.lines, *cell.bottom_lines)).replace(WORD_JOINER, "")
        for cell in row.cells
    ]


def rows(sheet):
    return [row for page in page_texts(sheet) for row in page]


def whole_text(sheet):
    return "\n".join("|".join(row) for row in rows(sheet))
