"""``mingcha dismiss``: a file of the quarantine waits no longer, or waits again."""

import pytest

from tests.cli.city import refusal


@pytest.fixture
def photo(mingcha, city):
    """The id of a file that is no package."""
    mingcha("merge", city.office, city.file("假日.jpg", b"x" * 300))
    (row,) = mingcha.json("list", city.office, "quarantine")["rows"]
    return row["id"]


def test_a_file_is_dismissed_and_taken_up_again(mingcha, city, photo):
    dismissed = mingcha("dismiss", city.office, photo[:12], "--reason", "误拖入")
    between = mingcha.json("info", city.office)["waiting"]
    listed = mingcha("list", city.office, "quarantine")
    taken_up = mingcha.json("dismiss", city.office, photo, "--take-up")

    assert dismissed.out == "“假日.jpg”已处置，原样留在待查区，可以恢复待查。\n"
    assert between == 0
    assert "已处置" in listed.out
    assert taken_up == {"id": photo, "file": "假日.jpg", "state": "waiting"}
    assert mingcha.json("info", city.office)["waiting"] == 1


def test_it_needs_a_reason(mingcha, city, photo):
    assert refusal(mingcha("dismiss", city.office, photo)) == "处置文件须写明理由。请用 --reason 写明。"


def test_a_file_that_is_not_there_is_refused(mingcha, city):
    answer = mingcha("dismiss", city.office, "123456", "--reason", "x")

    assert "没有可以处置或恢复待查的文件 123456" in refusal(answer)
