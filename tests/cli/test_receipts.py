"""``mingcha receipts``: the office answers what came."""

from pathlib import Path

from tests.cli.city import refusal


def test_the_node_sees_that_its_package_was_applied(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])

    (written,) = mingcha.json("receipts", city.office, "--out", city.stick)["packages"]
    mingcha.json("merge", city.anna, Path(written["file"]))

    assert written["kind"] == "receipt"
    assert [row["state"] for row in mingcha.json("list", city.anna, "receipts")["rows"]] == ["applied"]


def test_every_sender_gets_one(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])
    mingcha.bring(city, city.bert, city.visits[1])

    answer = mingcha("receipts", city.office, "--out", city.stick)

    assert len(answer.out.splitlines()) == 2


def test_there_must_be_something_to_confirm(mingcha, city):
    assert "没有需要签收的内容" in refusal(mingcha("receipts", city.office, "--out", city.stick))
