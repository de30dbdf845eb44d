"""Hands for the page of missions: fill the form in, press, read what came of it."""

from PySide6.QtCore import Qt

from desktop.storage.records import all_rows
from tests.services.worlds import CHECKLIST

MARKUP = '<img src="file:///etc/passwd"><b>粗体</b>'
PASSPHRASE = "组长记得住的一句长口令"


def tick(check_list, *numbers):
    model = check_list.model
    for number in numbers:
        model.setData(model.index(number), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def choose(combo, text):
    number = next(n for n in range(combo.count()) if text in combo.itemText(n))
    combo.setCurrentIndex(number)
    combo.activated.emit(number)


def fill(editor, title="三季度督查", leader="韩立新"):
    """A mission that lacks nothing: both units, both to the laptop of 欧阳㛃."""
    editor.basics.title_field.setText(title)
    editor.basics.begin_field.setText("2026-11-24")
    tick(editor.units, 0, 1)
    editor.visits.view.selectAll()
    choose(editor.visits.checklist_field, CHECKLIST)
    choose(editor.visits.node_field, "欧阳㛃")
    editor.team.leader_field.setEditText(leader)


def saved(qtbot, page, action):
    """Do something that ends in a note, and wait for it."""
    page.note.hide()
    action()
    qtbot.waitUntil(page.note.isVisible, timeout=20_000)
    return page.note.problem_label.text()


def missions(qtbot, page):
    found = []
    page.jobs.read(lambda workspace: all_rows(workspace.db, "mission"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return {row["title"]: row for row in found[0]}


def look(qtbot, page, read):
    found = []
    page.jobs.read(lambda workspace: (read(workspace),), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0][0]
