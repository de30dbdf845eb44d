"""``mingcha export``: a 成果包 for the office."""

import hashlib
import random
from pathlib import Path

from tests.cli.city import refusal, usage_error


def test_the_answer_describes_the_file(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0])

    exported = mingcha.json("export", city.anna, "--out", city.stick)

    data = Path(exported["file"]).read_bytes()
    assert (exported["size"], exported["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert (exported["kind"], exported["seq"], exported["counts"]["visits"]) == ("result", 1, 1)


def test_what_the_office_has_confirmed_is_not_sent_again_unless_all_is_asked_for(mingcha, city):
    city.file("a.txt", b"evidence")
    mingcha.bring(city, city.anna, city.visits[0], evidence=[{"path": "a.txt"}])
    receipts = mingcha.json("receipts", city.office, "--out", city.stick)["packages"]
    mingcha.json("merge", city.anna, *[Path(each["file"]) for each in receipts if each["counts"]][:1])

    again = mingcha.json("export", city.anna, "--out", city.stick)
    full = mingcha.json("export", city.anna, "--full", "--out", city.stick)

    assert (again["counts"]["evidence"], full["counts"]["evidence"]) == (0, 1)


def test_an_office_without_an_office_above_has_nobody_to_report_to(mingcha, city):
    answer = mingcha("export", city.office, "--out", city.stick, "--lang", "en")

    assert "This workspace is an office and has no other office to report to." in refusal(answer)


def heavy(mingcha, city):
    photos = []
    for number in range(3):
        city.file(f"{number}.bin", random.Random(number).randbytes(700_000))
        photos.append({"path": f"{number}.bin"})
    mingcha.record(city, city.anna, city.visits[0], evidence=photos)


def test_a_large_package_becomes_files_of_the_size_that_is_asked_for(mingcha, city):
    heavy(mingcha, city)

    exported = mingcha.json("export", city.anna, "--out", city.stick, "--volume-size", "1")

    names = [each["name"] for each in exported["files"]]
    assert len(names) == 3
    assert names[0].endswith(".1of3.mcp")
    assert all((city.stick / each["name"]).stat().st_size == each["size"] for each in exported["files"])
    waiting = mingcha.json("merge", city.office, *[city.stick / name for name in names])["files"]
    assert [(each["outcome"], each["volumes"]) for each in waiting] == [("applied", 3)]


def test_volumes_that_are_missing_are_named_wherever_one_asks(mingcha, city):
    heavy(mingcha, city)
    told = mingcha("export", city.anna, "--out", city.stick, "--volume-size", "1", "--lang", "en").out
    paths = sorted(city.stick.glob("*of3.mcp"))
    moved = paths[1].rename(city.folder / paths[1].name)
    paths[0].unlink()

    assert "in 3 files" in told
    assert told.count("SHA-256") == 3
    merged = mingcha("merge", city.office, moved, "--lang", "en")
    assert "waits for its other files; missing are 1, 3 of 3" in merged.out
    (listed,) = mingcha.json("list", city.office, "quarantine")["rows"]
    assert (listed["state"], listed["reason"]) == ("incomplete", "split")
    looked = mingcha("inspect", paths[2], "--workspace", city.office, "--lang", "en").out
    assert "File 3 of 3; not here: 1" in looked
    verified = mingcha("verify", moved, "--workspace", city.office, "--lang", "en")
    assert "MISSING" in verified.out or verified.status == 1


def test_a_lost_file_is_written_again_and_nothing_else_is_continued(mingcha, city):
    heavy(mingcha, city)
    mingcha("export", city.anna, "--out", city.stick, "--volume-size", "1")
    victim = sorted(city.stick.glob("*of3.mcp"))[1]
    victim.unlink()

    repaired = mingcha.json("export", city.anna, "--out", city.stick, "--repair", victim.name)

    assert Path(repaired["file"]) == victim
    looked = mingcha("inspect", victim, "--workspace", city.office, "--lang", "en").out
    assert "File 2 of 3; the others are here, too" in looked
    assert refusal(mingcha("export", city.anna, "--out", city.stick, "--continue")).startswith("没有中断")


def test_continuing_and_repairing_are_two_things(mingcha, city):
    assert usage_error(
        mingcha("export", city.anna, "--out", city.stick, "--continue", "--repair", "x")
    ).startswith("--continue")
