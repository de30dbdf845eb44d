"""``mingcha evidence``: the original, byte for byte."""

import hashlib

from tests.cli.city import refusal

CONTENT = b"\x00original\xff" * 1000


def test_what_comes_out_is_what_went_in_on_the_laptop_and_at_the_office(mingcha, city):
    city.file("original.bin", CONTENT)
    (evidence,) = mingcha.record(city, city.anna, city.visits[0], evidence=[{"path": "original.bin"}])
    mingcha.json("merge", city.office, mingcha.export(city, city.anna))

    for workspace in (city.anna, city.office):
        out = city.folder / f"{workspace.name}.bin"
        answer = mingcha("evidence", workspace, evidence, "--out", out)

        assert out.read_bytes() == CONTENT
        assert answer.out == f"{hashlib.sha256(CONTENT).hexdigest()}  {out.name}\n"


def test_evidence_that_does_not_exist_is_refused(mingcha, city):
    out = city.folder / "out.bin"

    assert "没有证据 x" in refusal(mingcha("evidence", city.office, "x", "--out", out))
    assert not out.exists()


def test_a_damaged_original_writes_nothing(mingcha, city):
    city.file("original.bin", CONTENT)
    (evidence,) = mingcha.record(city, city.anna, city.visits[0], evidence=[{"path": "original.bin"}])
    (stored,) = [path for path in (city.anna / "objects").rglob("*") if path.is_file()]
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")

    refusal(mingcha("evidence", city.anna, evidence, "--out", city.folder / "out.bin"))

    assert sorted(path.name for path in city.folder.glob("out.bin*")) == []
