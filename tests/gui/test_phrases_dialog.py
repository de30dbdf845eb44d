"""The phrases: blanks are seen while they are chosen and typed, and stored as the facts want them."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.phrases import Phrase
from desktop.gui.visits.facts_field import BLANK
from desktop.gui.visits.phrases_dialog import PhrasesDialog
from desktop.services.checklists.keep_phrases import read_phrases

LONG_MS = 20_000


@pytest.fixture
def dialog(qtbot, jobs, world, open_in):
    open_in(jobs, world, "anna")
    dialog = PhrasesDialog(jobs, (Phrase("kg", f"{BLANK}号窗口空岗", is_own=False),))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_phrase_shows_its_blanks_and_hands_them_over_as_they_are(qtbot, dialog):
    assert dialog.text_field.text() == "＿＿号窗口空岗"

    with qtbot.waitSignal(dialog.phrase_chosen) as chosen:
        dialog.use_button.click()
    assert chosen.args == [f"{BLANK}号窗口空岗"]


def test_a_blank_that_is_typed_is_one(qtbot, dialog, jobs, world):
    dialog.code_field.setText("xy")
    dialog.text_field.setText("＿＿路未设围挡")
    with qtbot.waitSignal(dialog.phrases_changed, timeout=LONG_MS):
        dialog.keep_button.click()
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)

    with world.opened("anna") as anna:
        kept = [phrase for phrase in read_phrases(anna) if phrase.is_own]
    assert kept == [Phrase("xy", f"{BLANK}路未设围挡", is_own=True)]
