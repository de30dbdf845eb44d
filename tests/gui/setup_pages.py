"""Hands for the sections of the setup page: show one, type into its form, read what is on the disk."""

from desktop.services.master_data.find_master_data import find_master_data

LONG_MS = 20_000
MARKUP = '<img src="file:///etc/passwd"><b>局</b>'


def section_of(qtbot, window, kind):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG_MS)
    window.show_page("setup", kind)
    section = next(s for s in window.pages["setup"].sections if type(s) is kind)
    qtbot.waitUntil(section.isVisible, timeout=LONG_MS)
    return section


def loaded(qtbot, section):
    """Wait until the first record of the list is in the form."""
    qtbot.waitUntil(lambda: section.rows.rowCount() > 0, timeout=LONG_MS)
    qtbot.waitUntil(lambda: bool(section.panel.shown.texts), timeout=LONG_MS)
    return section


def fill(section, **texts):
    """Put texts into the form as if they were typed."""
    for name, text in texts.items():
        field = section.panel.form.fields[name]
        if hasattr(field, "setCurrentText"):
            field.setCurrentText(text)
        else:
            field.setText(text)
    section.panel.form.changed.emit()


def choose(qtbot, section, text):
    """Choose the row that has this text in some column."""

    def numbers():
        rows = (section.rows.row(number) for number in range(section.rows.rowCount()))
        return [number for number, row in enumerate(rows) if text in row.texts.values()]

    qtbot.waitUntil(lambda: bool(numbers()), timeout=LONG_MS)
    line = section.rows.row(numbers()[0])
    section.view.selectRow(numbers()[0])
    panel = section.panel
    qtbot.waitUntil(lambda: line.id in (panel.shown.record_id, panel.shown.person_id), timeout=LONG_MS)


def note(qtbot, section):
    """What the page says, once it says something."""
    bar = section.window().pages["setup"].note
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    return bar.problem_label.text()


def answer(qtbot, section, number):
    question = section.panel.question
    qtbot.waitUntil(question.isVisible, timeout=LONG_MS)
    question.buttons[number].click()


def on_disk(world, kind, column, text=""):
    with world.opened("office", read_only=True) as office:
        return [line.texts[column] for line in find_master_data(office, kind, text).rows]
