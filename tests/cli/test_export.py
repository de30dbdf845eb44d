"""``mingcha export``: a 成果包 for the office."""

import hashlib
from pathlib import Path

from tests.cli.city import refusal


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
