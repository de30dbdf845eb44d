import pytest

from desktop.gui.widgets.passphrase_dialog import PassphraseDialog
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.visits.find_visits import VisitState
from tests.services.worlds import FAST

LONG_MS = 20_000


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop, world):
    """The page of a visit that nobody has begun."""
    laptop.show_page("visit", world.visits[2])
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    return page


def test_missions_lead_to_the_visit(qtbot, laptop, world):
    today = laptop.pages["today"]
    qtbot.waitUntil(lambda: today.visits.rowCount() == 2, timeout=LONG_MS)
    numbers = [n for n in range(2) if today.visits.row(n).state is VisitState.PLANNED]
    today.visits_view.selectRow(numbers[0])
    today.begin_button.click()
    qtbot.waitUntil(lambda: laptop.pages["visit"].visit is not None, timeout=LONG_MS)

    assert laptop.pages["visit"].isVisible()
    assert laptop.pages["visit"].visit.id == world.visits[2]


def test_results_are_exported_and_the_office_can_merge_them(qtbot, laptop, world, tmp_path):
    laptop.show_page("export")
    page = laptop.pages["export"]
    (tmp_path / "stick").mkdir()
    page.export_to(tmp_path / "stick")
    qtbot.waitUntil(lambda: page.packages.rowCount() == 1, timeout=LONG_MS)
    laptop.close()

    with world.opened("office") as office:
        report = merge_packages(office, list((tmp_path / "stick").glob("*.mcp")))
    assert report.is_complete


def test_a_folder_that_is_gone_is_said_and_nothing_counts_as_exported(qtbot, laptop, tmp_path):
    laptop.show_page("export")
    page = laptop.pages["export"]
    page.export_to(tmp_path / "pulled stick")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)

    assert page.export_button.isEnabled()
    assert page.note.property("tone") == "problem"


def test_the_card_of_the_laptop_is_saved_for_the_office(qtbot, laptop, tmp_path):
    today = laptop.pages["today"]
    today.save_card(tmp_path / "card.json")
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)

    assert (tmp_path / "card.json").stat().st_size > 100


def test_a_sealed_mission_shows_its_cover_name_until_it_is_opened(qtbot, world, window_of):
    world.open()
    plan = world.plan(
        title="暗访政务大厅",
        cover_name="业务资料整理",
        mode="暗访",
        leader="张三",
        team=["王五"],
        route="东门—二楼大厅",
        depart_at="2026-11-20T08:00:00+08:00",
    )
    seal_and_assign(world, plan)
    assert world.merge(world.anna, world.mission_package(world.anna))[0].outcome == "applied"
    world.close()
    today = window_of("anna").pages["today"]
    qtbot.waitUntil(lambda: today.missions.rowCount() == 2, timeout=LONG_MS)
    number = next(n for n in range(2) if today.missions.row(n).is_locked)
    today.missions_view.selectRow(number)

    assert today.missions.row(number).title == "业务资料整理"
    assert not today.begin_button.isEnabled()
    assert "东门" not in today._facts_label.text()
    today.unseal_button.click()
    dialog = today.findChild(PassphraseDialog)
    dialog.passphrase_field.setText("leader pass phrase")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: today.missions_view.chosen_row().title == "暗访政务大厅", timeout=LONG_MS)
    qtbot.waitUntil(lambda: today.begin_button.isEnabled(), timeout=LONG_MS)
    assert today._facts_label.text().endswith("组长 张三 · 成员 王五 · 路线 东门—二楼大厅")
    qtbot.waitUntil(lambda: today.window().focusWidget() is today.missions_view, timeout=LONG_MS)


def seal_and_assign(world, plan):
    seal_mission(world.office, plan.id, "leader pass phrase", FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))


def test_the_button_says_whether_a_visit_is_begun_or_gone_on_with(qtbot, laptop):
    today = laptop.pages["today"]
    qtbot.waitUntil(lambda: today.visits.rowCount() == 2, timeout=LONG_MS)
    said = {}
    for number in range(2):
        today.visits_view.selectRow(number)
        said[today.visits.row(number).state] = today.begin_button.text().strip()

    assert said == {VisitState.PLANNED: "开始检查", VisitState.RECORDED: "继续检查"}
