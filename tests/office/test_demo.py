"""The demo shows the whole loop; its figures are asked from the folder by the command line."""

import json
import shutil
from io import BytesIO

import pytest
from openpyxl import load_workbook

from desktop.demo.city import FOLDER, demo_units
from desktop.demo.material import read_demo_visit, visit_names
from desktop.demo.people import make_posts

WORKSPACES = ("office", "field-01", "field-02")


@pytest.fixture(scope="module")
def summary(demo_office):
    return json.loads((demo_office / "summary.json").read_text("utf-8"))


def rows(mingcha, workspace, kind):
    answer = mingcha("list", workspace, kind, "--json")
    assert answer.status == 0, answer.err
    return answer.value["rows"]


def test_the_city_is_as_large_as_promised(demo_office, mingcha):
    info = mingcha("info", demo_office / "office", "--json").value

    records = info["records"]
    assert records["unit"] == 39
    assert records["unit_group"] == 6
    assert 195 <= records["person"] <= 215
    assert records["post"] == 205
    assert records["target"] == 150
    assert records["checklist"] == 12
    assert records["mission"] == 12
    assert records["evidence"] >= 30


def test_nothing_is_left_open_at_the_office(demo_office, mingcha, summary):
    info = mingcha("info", demo_office / "office", "--json").value

    assert info["digest"] == summary["digest"]
    assert (info["conflicts"], info["held"], info["missing"]) == (0, 0, 0)
    assert (info["drafts"], info["objects_wanted"]) == (0, 0)


def test_at_least_twelve_visits_were_recorded_with_thirty_photos(demo_office, mingcha, summary):
    visits = rows(mingcha, demo_office / "office", "visits")
    evidence = rows(mingcha, demo_office / "office", "evidence")

    assert sum(visit["status"] == "已提交" for visit in visits) == summary["counts"]["recorded_visits"] >= 12
    assert len({row["sha256"] for row in evidence}) == summary["counts"]["photos"] >= 30
    assert {row["mime"] for row in evidence} == {"image/jpeg"}


def test_covert_missions_go_by_their_cover_name(demo_office, mingcha):
    missions = rows(mingcha, demo_office / "office", "missions")

    covert = [mission for mission in missions if mission["mode"] != "明查"]
    assert len(covert) == 4
    assert all("业务资料整理" in mission["title"] for mission in covert)


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_workspace_is_sound(demo_office, mingcha, workspace):
    verified = mingcha("verify", demo_office / workspace, "--json")

    assert verified.status == 0, verified.err
    assert verified.value["checked"]["objects"] > 0


def test_another_pass_phrase_opens_nothing(demo_office, mingcha, tmp_path):
    shutil.copytree(demo_office / "field-01", tmp_path / "field-01")

    refused = mingcha("info", tmp_path / "field-01", passphrase="demo-passphrase!")

    assert refused.status == 1
    assert refused.err.count("\n") == 1


def test_the_damaged_package_waits_in_the_quarantine(demo_office, mingcha, summary):
    (waiting,) = rows(mingcha, demo_office / "office", "quarantine")

    assert waiting["file"] == summary["packages"]["damaged"]
    assert waiting["reason"] == "damaged"


def test_the_duplicate_package_changed_nothing(demo_office, mingcha, summary, tmp_path):
    shutil.copytree(demo_office / "office", tmp_path / "office")
    duplicate = demo_office / "stick" / "to-office" / summary["packages"]["duplicate"]

    again = mingcha("merge", tmp_path / "office", duplicate, "--json")

    assert again.status == 0
    assert mingcha("info", tmp_path / "office", "--json").value["digest"] == summary["digest"]


def test_the_undone_import_counts_again(demo_office, mingcha, summary):
    imports = rows(mingcha, demo_office / "office", "packages")
    log = [row["event"] for row in rows(mingcha, demo_office / "office", "log")]

    undone = next(each for each in imports if each["file"] == summary["packages"]["undone_and_redone"])
    assert undone["state"] == "applied"
    assert "undone" in log
    assert "redone" in log


def test_the_conflict_of_two_laptops_is_resolved_with_a_reason(demo_office, mingcha, summary):
    (conflict,) = summary["conflicts"]
    scores = mingcha("score", demo_office / "office", "--year", 2026, "--json").value
    visit = next(each for each in scores["visits"] if each["visit"] == conflict["visit_id"])

    assert conflict["part"] == "answer/9"
    assert set(conflict["nodes"]) == {"外业一组", "外业二组"}
    assert conflict["reason"]
    # Two months without their check, as the second laptop has it, not one.
    assert visit["score"] == "94.50"


def test_units_are_ranked_with_a_tie_and_with_missing_sides(demo_office, mingcha):
    units = mingcha("score", demo_office / "office", "--year", 2026, "--json").value["units"]
    by_name = {unit["name"]: unit for unit in units}

    assert [by_name[name]["rank"] for name in ("云泽市财政局", "云泽市统计局")] == [1, 1]
    assert by_name["南屏县人民政府"]["open"]
    assert by_name["南屏县人民政府"]["covert"]
    assert by_name["澄湖区人民政府"]["covert"] is None
    assert by_name["青石县人民政府"]["score"] == "0.00"
    assert sum(unit["score"] is None for unit in units) > 0


def test_the_field_score_is_the_office_score(demo_office, mingcha):
    def scores(workspace):
        scored = mingcha("score", demo_office / workspace, "--year", 2026, "--json").value
        return {visit["visit"]: visit["score"] for visit in scored["visits"]}

    office, field = scores("office"), scores("field-02")

    own = {row["id"] for row in rows(mingcha, demo_office / "field-02", "visits") if row["signed"]}

    assert own
    assert {visit: field[visit] for visit in own} == {visit: office[visit] for visit in own}


def test_the_ranking_is_a_spreadsheet(demo_office):
    workbook = load_workbook(BytesIO((demo_office / "ranking.xlsx").read_bytes()))

    texts = {str(cell) for sheet in workbook for line in sheet.iter_rows(values_only=True) for cell in line}
    assert {"云泽市住房和城乡建设局（市人民防空办公室）", "综合经济组"} <= texts


@pytest.mark.parametrize("form", ["F01-blank", "F01-filled", "F12-evidence", "F13-slips", "recovery-sheet"])
def test_every_form_is_a_whole_pdf(demo_office, form):
    data = (demo_office / "paper" / f"{form}.pdf").read_bytes()

    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


def test_no_workspace_and_no_package_holds_anything_in_the_clear(demo_office):
    visits = [read_demo_visit(name) for name in visit_names()]
    facts = [row["facts"] for visit in visits for row in visit["answers"] if row.get("facts")]
    names = [unit.name for unit in demo_units()] + [post.name for post in make_posts(demo_units())]
    photo = (demo_office / "material" / "field-01" / "photos" / "IMG_20260317_091408.jpg").read_bytes()
    texts = [*facts[::12], *names[::12], "demo-passphrase", "demo-leader-passphrase", "MINGCHA DEMO"]
    secrets = [*(text.encode() for text in texts), photo[1000:1064]]

    files = [
        path for name in (*WORKSPACES, "stick") for path in (demo_office / name).rglob("*") if path.is_file()
    ]
    found = [(path.name, secret) for path in files for secret in secrets_in(path, secrets)]
    assert len(files) > 100
    assert len(secrets) > 30
    assert found == []
    assert [path.name for path in files for name in names if name in path.name] == []


def secrets_in(path, secrets):
    data = path.read_bytes()
    return [secret for secret in secrets if secret in data]


def test_the_summary_names_only_what_is_there(demo_office, summary):
    assert summary["passphrase"] == "demo-passphrase"
    assert summary["seal_passphrase"] == "demo-leader-passphrase"
    assert summary["verified"]
    assert [made["path"] for made in summary["made"] if not (demo_office / made["path"]).exists()] == []
    assert summary["passphrase"] in (demo_office / "summary.txt").read_text("utf-8")


def test_every_mission_of_the_story_is_one_of_the_files(demo_office, mingcha):
    numbers = {json.loads(path.read_text("utf-8"))["no"] for path in (FOLDER / "missions").glob("*.json")}

    assert {row["no"] for row in rows(mingcha, demo_office / "office", "missions")} == numbers
