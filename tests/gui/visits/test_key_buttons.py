"""The keys of an item as buttons, over every item of the shipped checklists."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.answer import Answer
from desktop.domain.checklist import read_checklist
from desktop.gui.visits.key_buttons import KeyButton, KeyButtons

SHIPPED = sorted((Path(__file__).parents[3] / "resources" / "checklists").glob("*.json"))


@pytest.fixture
def keys(qtbot):
    keys = KeyButtons()
    qtbot.addWidget(keys)
    keys.show()
    return keys


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [275, 360, 620])
def test_no_key_is_cut_that_fits_a_row(keys, path, width):
    checklist = read_checklist(json.loads(path.read_text("utf-8")), path.name)
    keys.resize(width, 400)
    for item in checklist.items:
        keys.show_answer(item.rule, Answer(item.no))
        QApplication.processEvents()
        used = [button for button in keys.findChildren(KeyButton) if not button.isHidden()]
        assert used
        assert not [button.text() for button in used if "…" in button.text() and button.whole_px <= width]
        rows = {}
        for button in used:
            rows.setdefault(button.y(), []).append(button.geometry())
        for places in rows.values():
            assert len(places) <= 2
            assert not places[0].intersects(places[-1]) or len(places) == 1


def test_a_long_key_has_a_row_to_itself_and_short_ones_share(keys):
    path = SHIPPED[0].parent / "XCZX-2026-V1.json"
    checklist = read_checklist(json.loads(path.read_text("utf-8")), path.name)
    rule = checklist.items[0].rule
    keys.show_answer(rule, Answer(1))
    full, long = (button for button in keys.findChildren(KeyButton) if not button.isHidden())

    keys.resize(2 * long.whole_px + 8, 200)
    QApplication.processEvents()
    assert full.y() == long.y()
    keys.resize(2 * long.whole_px - 20, 200)
    QApplication.processEvents()
    assert full.y() < long.y()
    assert long.width() == keys.width()
