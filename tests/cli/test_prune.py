"""``mingcha prune``: clear originals that the office has confirmed and backed up."""

from pathlib import Path

from tests.cli.city import refusal


def brought(mingcha, city):
    city.file("a.txt", b"evidence")
    mingcha.bring(city, city.anna, city.visits[0], evidence=[{"path": "a.txt"}])


def answered(mingcha, city):
    written = mingcha.json("receipts", city.office, "--out", city.stick)["packages"]
    for each in written:
        mingcha("merge", city.anna, Path(each["file"]))


def test_nothing_goes_before_the_office_has_confirmed_and_backed_it_up(mingcha, city):
    brought(mingcha, city)

    told = mingcha.json("prune", city.anna)

    assert (told["gone"], [each["keep"] for each in told["kept"]]) == ([], ["not_confirmed"])
    assert "中心尚未签收" in mingcha("prune", city.anna).out


def test_a_dry_run_says_what_may_go_and_then_it_goes(mingcha, city):
    brought(mingcha, city)
    (city.folder / "disk").mkdir()
    mingcha("backup", city.office, city.folder / "disk")
    answered(mingcha, city)

    dry, wet = mingcha.json("prune", city.anna, "--dry-run"), mingcha.json("prune", city.anna)

    assert [each["name"] for each in dry["gone"]] == ["a.txt"]
    assert (dry["is_dry_run"], wet["is_dry_run"], dry["size"], wet["size"]) == (True, False, 8, 8)
    assert wet["gone"] == dry["gone"]
    assert mingcha.json("verify", city.anna)["checked"]["pruned"] == 1
    assert mingcha("prune", city.anna, "--dry-run", "--lang", "en").out == "May go: 0 originals, 0.0 MB\n"


def test_an_office_keeps_everything(mingcha, city):
    assert refusal(mingcha("prune", city.office)).startswith("中心保存全部原件")
