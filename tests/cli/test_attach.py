"""``mingcha attach``: files become evidence of a visit."""

from tests.cli.city import refusal


def test_files_are_taken_in_with_what_they_show(mingcha, city):
    files = [city.file("a.txt", b"one"), city.file("b.txt", b"two")]

    taken = mingcha.json("attach", city.anna, city.visits[0], *files, "--item", 1, "--caption", "窗口空岗")

    listed = mingcha.json("list", city.anna, "evidence")["rows"]
    assert {row["id"] for row in listed} == set(taken["evidence"])
    assert [row["caption"] for row in listed] == ["窗口空岗"] * 2


def test_a_person_is_told_how_many(mingcha, city):
    assert mingcha("attach", city.anna, city.visits[0], city.file("a.txt")).out == "已入库 1 个文件。\n"


def test_when_one_file_is_missing_none_is_taken_in(mingcha, city):
    answer = mingcha("attach", city.anna, city.visits[0], city.file("a.txt"), city.folder / "missing.jpg")

    assert "missing.jpg" in refusal(answer)
    assert mingcha.ids(city.anna, "evidence") == []


def test_a_visit_of_another_computer_is_refused(mingcha, city):
    assert "没有现场检查" in refusal(mingcha("attach", city.anna, city.visits[1], city.file("a.txt")))


def test_an_empty_file_is_evidence_too(mingcha, city):
    taken = mingcha.json("attach", city.anna, city.visits[0], city.file("empty.jpg", b""))

    assert mingcha("evidence", city.anna, taken["evidence"][0], "--out", city.folder / "out.jpg").status == 0
    assert (city.folder / "out.jpg").read_bytes() == b""


def test_a_caption_is_as_long_as_the_window_takes_it(mingcha, city):
    answer = mingcha("attach", city.anna, city.visits[0], city.file("a.txt"), "--caption", "长" * 201)

    assert "最多 200 个字" in refusal(answer)
    assert mingcha.ids(city.anna, "evidence") == []


def test_an_item_the_checklist_does_not_have_is_refused(mingcha, city):
    answer = mingcha("attach", city.anna, city.visits[0], city.file("a.txt"), "--item", 99)

    assert "没有第 99 项" in refusal(answer)
    assert mingcha.ids(city.anna, "evidence") == []


def test_a_folder_among_the_files_is_told_with_that_nothing_was_taken_in(mingcha, city):
    folder = city.folder / "照片"
    folder.mkdir()

    answer = mingcha("attach", city.anna, city.visits[0], city.file("a.txt"), folder)

    assert "照片" in refusal(answer)
    assert "2 个文件均未入库。" in answer.err
    assert mingcha.ids(city.anna, "evidence") == []
    assert "均未入库" not in mingcha("attach", city.anna, city.visits[0], folder).err


def test_after_sign_off_files_come_with_a_reason_and_an_item_only(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0])
    mingcha("sign", city.anna, city.visits[0])
    late = city.file("late.jpg")

    assert "更正" in refusal(mingcha("attach", city.anna, city.visits[0], late, "--item", 1))
    assert "--item" in refusal(mingcha("attach", city.anna, city.visits[0], late, "--reason", "照片后取"))
    taken = mingcha.json(
        "attach", city.anna, city.visits[0], late, "--item", 1, "--caption", "空岗", "--reason", "照片后取"
    )
    assert taken["evidence"] == mingcha.ids(city.anna, "evidence")
