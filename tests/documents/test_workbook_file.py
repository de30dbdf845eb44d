import io
import re
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.documents import workbook_file
from desktop.documents.read_sheet import read_sheet
from desktop.documents.workbook_file import NotAWorkbookError, check_workbook
from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError


def workbook(**cells):
    book = Workbook()
    book.active.title = "单位"
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template():
    out = io.BytesIO()
    write_sheet("units", [], out)
    return out.getvalue()


def with_part(content, name, change):
    """The same archive with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == name else data)
    return out.getvalue()


def with_cell(cell):
    """A template with one more cell, as raw XML."""
    row = b'<row r="2">' + cell + b"</row></sheetData>"
    return with_part(template(), "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", row))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "不是 Excel 工作簿"),
        (b"name,short\n", "不是 Excel 工作簿"),
        (b"PK\x03\x04 cut short", "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "旧格式"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
            "密码保护",
        ),
    ],
)
def test_what_is_no_open_workbook_is_refused_with_the_reason(content, problem):
    with pytest.raises(NotAWorkbookError, match=problem):
        check_workbook(content)


def test_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(NotAWorkbookError):
        check_workbook(out.getvalue())


def test_archive_that_grows_too_large_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbook_file, "MOST_UNPACKED_BYTES", 1 << 20)
    bomb = with_part(template(), "xl/styles.xml", lambda data: data + b" " * (2 << 20))
    assert len(bomb) < 1 << 16

    with pytest.raises(NotAWorkbookError, match="过大"):
        check_workbook(bomb)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_part_that_lies_about_its_size_is_refused(part):
    content = bytearray(with_part(template(), part, lambda data: data + b" " * 4000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(part).file_size.to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")

    with pytest.raises(NotAWorkbookError):
        check_workbook(bytes(content))


def test_second_part_of_the_same_name_is_looked_at_too():
    out = io.BytesIO(template())
    with zipfile.ZipFile(out) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b"</sheetData>", b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", far)

    with pytest.raises(NotAWorkbookError, match="延伸到"):
        check_workbook(out.getvalue())


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c r="GS2"><v>1</v></c>',
        b'<c r="A100011"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c s="1" r="XFD1048576" t="n"><v>1</v></c>',
        b"<c\n" + b" " * 9000 + b'r = "xfd1048576"><v>1</v></c>',
        b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD9"><v>1</v></x:c>',
    ],
)
def test_single_cell_far_away_is_refused_before_the_sheet_is_laid_out(cell):
    with pytest.raises(NotAWorkbookError, match="延伸到"):
        read_sheet(with_cell(cell), "units")


@pytest.mark.parametrize(
    "cell", [b'<c r="XFD1048576" s="1"/>', b'<c r="A1048576" s="1"></c>', b'<c r="GR2"><v>1</v></c>']
)
def test_formatting_without_content_does_not_count(cell):
    check_workbook(with_cell(cell))


def test_formula_errors_and_formulas_without_a_result_are_found():
    content = with_cell(
        b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2"><f>A1</f></c>'
        b'<c r="D2"><f>1+1</f><v>2</v></c><c r="E2"><v>3</v></c><c s="1"/>'
        b'<c r="F2" t="str"><f>IF(A1,1,"")</f><v></v></c>'
    )

    faults = check_workbook(content)["单位"]

    assert faults.errors == {"B2"}
    assert faults.formulas == {"C2"}


def test_sheet_path_may_be_absolute_or_relative():
    content = workbook(A1="=1+1")
    absolute = with_part(
        content, "xl/_rels/workbook.xml.rels", lambda data: data.replace(b'"worksheets/', b'"/xl/worksheets/')
    )

    assert check_workbook(content) == check_workbook(absolute)
    assert check_workbook(content)["单位"].formulas == {"A1"}


def test_workbook_without_a_sheet_is_refused():
    content = with_part(
        template(), "xl/workbook.xml", lambda data: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", data)
    )

    with pytest.raises(NotAWorkbookError):
        read_sheet(content, "units")


def test_document_type_is_refused():
    content = with_part(template(), "xl/workbook.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data)

    with pytest.raises(NotAWorkbookError):
        check_workbook(content)


@given(st.data())
def test_damaged_workbook_is_refused_or_read_but_never_crashes(data):
    content = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))

    with suppress(UserError):
        read_sheet(bytes(content[:end]), "units")


@given(st.data())
def test_sheet_with_damaged_xml_is_refused_or_read_but_never_crashes(data):
    def damage(xml):
        xml = bytearray(xml)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(xml) - 1))
            xml[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        return bytes(xml)

    part = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]))

    with suppress(UserError):
        read_sheet(with_part(TEMPLATE, part, damage), "units")


TEMPLATE = template()
