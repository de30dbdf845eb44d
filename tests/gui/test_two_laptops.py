"""One visit on two laptops, as it is seen in the windows of the office and of the second laptop."""

import pytest
from PySide6.QtWidgets import QLabel

from desktop.services.packages.conflict_view import conflict_views
from desktop.services.packages.resolve_conflict import resolve_conflict
from desktop.services.records.visit_values import read_visit

LONG_MS = 20_000


@pytest.fixture
def panel(qtbot, window_of):
    window = window_of("office")
    window.show_page("missions")
    page = window.pages["missions"]
    qtbot.waitUntil(lambda: page.panel.visits.rowCount() == 3, timeout=LONG_MS)
    return page.panel


def test_an_issued_visit_is_given_to_a_second_laptop_as_well(qtbot, window, world, panel):
    ids = [panel.visits.row(number).id for number in range(3)]
    panel.visits_view.selectRow(ids.index(world.visits[0]))
    panel.node_field.setCurrentText("外业王五")
    assert panel.issue_button.isVisible()
    assert "也交给这台电脑" in panel.issue_button.text()
    panel.issue_button.click()
    qtbot.waitUntil(
        lambda: (
            {row.nodes for row in map(panel.visits.row, range(panel.visits.rowCount()))}
            == {("外业欧阳㛃", "外业王五"), ("外业王五",)}
        ),
        timeout=LONG_MS,
    )
    assert window.pages["missions"].note.problem_label.text() == "已交给所选电脑。"
    window.close()

    with world.opened("office", read_only=True) as office:
        assert set(read_visit(office.db, world.visits[0]).holders) == {*_holders(world)}
        assert len(read_visit(office.db, world.visits[1]).holders) == 1


def _holders(world):
    for name in ("anna", "bert"):
        with world.opened(name, read_only=True) as laptop:
            yield laptop.node


@pytest.fixture
def disputed(world):
    """Both laptops recorded the third visit, the office has both packages."""
    world.open()
    for node, deduct in ((world.anna, "1"), (world.bert, "2")):
        answers = [{"item": 1, "deduct": deduct, "facts": f"扣{deduct}分"}]
        world.record(node, world.visits[2], leader="李四", answers=answers)
        world.bring(node)
    world.merge(world.bert, world.mission_package(world.bert))
    return world.visits[2]


def texts_of(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_second_laptop_says_that_the_office_will_settle_it(qtbot, world, disputed, window_of):
    world.close()
    laptop = window_of("bert")
    laptop.show_page("results", disputed)
    view = laptop.pages["results"].visit_view
    qtbot.waitUntil(lambda: view.shown is not None and view.shown.id == disputed, timeout=LONG_MS)

    assert "与另一台电脑的填写冲突：第1项。由中心处理" in texts_of(view)


def test_the_second_laptop_reads_after_its_receipt_what_became_of_it(qtbot, world, disputed, window_of):
    resolve_conflict(world.office, conflict_views(world.office)[0].id, ["left"], "经核对录像")
    world.answer_back(world.bert)
    world.close()
    laptop = window_of("bert")
    laptop.show_page("visit", disputed)
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)

    assert "采用欧阳㛃 · 外业欧阳㛃的填写。理由：经核对录像" in page.note.problem_label.text()
    assert page.visit.answers[1].facts == "扣1分"
