import os
from io import BytesIO

import pytest

from desktop.documents.target import write_target
from desktop.errors import UserError


def test_stream_gets_the_content():
    stream = BytesIO()

    write_target(stream, b"content")

    assert stream.getvalue() == b"content"


def test_file_is_replaced_in_one_step(tmp_path):
    path = tmp_path / "现场检查表.pdf"
    path.write_bytes(b"old")

    write_target(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_is_told_with_the_name_of_the_file(tmp_path):
    with pytest.raises(UserError, match=r"现场检查表\.pdf"):
        write_target(tmp_path / "missing" / "现场检查表.pdf", b"new")


def test_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    path = tmp_path / "form.pdf"
    path.mkdir()

    with pytest.raises(UserError):
        write_target(path, b"new")

    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_document_is_for_its_owner_alone(tmp_path):
    target = tmp_path / "sheet.pdf"
    target.touch(0o644)

    write_target(target, b"secret")

    assert target.stat().st_mode & 0o777 == 0o600
