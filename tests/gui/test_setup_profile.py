from desktop.gui.setup.profile_section import ProfileSection
from desktop.i18n import _
from desktop.services.master_data.office_profile import read_profile
from tests.gui.setup_pages import LONG_MS, MARKUP
from tests.gui.setup_pages import section_of as show_section


def section_of(qtbot, window):
    section = show_section(qtbot, window, ProfileSection)
    qtbot.waitUntil(lambda: section.profile is not None, timeout=LONG_MS)
    return section


def type_over(section, field, text):
    section.form.fields[field].setText(text)
    section.form.changed.emit()


def test_the_profile_of_an_office_is_shown_and_edited(qtbot, window_of, world):
    section = section_of(qtbot, window_of("office"))
    page = section.window().pages["setup"]
    type_over(section, "short", MARKUP)
    type_over(section, "region_code", "９９７１００")
    section.save_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)

    with world.opened("office", read_only=True) as office:
        texts = read_profile(office).texts
    assert (texts["short"], texts["region_code"]) == (MARKUP, "997100")
    assert texts["name"] == "云泽市政府督查室"


def test_a_code_that_is_wrong_is_refused_where_it_was_typed(qtbot, window_of):
    section = section_of(qtbot, window_of("office"))
    page = section.window().pages["setup"]
    type_over(section, "region_code", "12")
    section.save()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)

    assert page.note.problem_label.text().startswith("“12”")
    assert section.form.fields["region_code"].hasFocus()
    assert section.form.changes() == {"region_code": "12"}


def test_what_is_being_typed_survives_a_change_elsewhere(qtbot, window_of):
    section = section_of(qtbot, window_of("office"))
    type_over(section, "short", "市政府督查室")
    section.jobs.data_changed.emit()
    qtbot.waitUntil(lambda: not section.jobs.is_busy, timeout=LONG_MS)
    qtbot.wait(100)

    assert section.form.changes() == {"short": "市政府督查室"}
    assert section.save_button.isEnabled()


def test_a_laptop_shows_the_profile_and_does_not_change_it(qtbot, window_of):
    section = section_of(qtbot, window_of("anna"))

    assert section.facts["kind"].text() == _("Field node")
    assert section.form.fields["name"].isReadOnly()
    assert section.form.fields["region_code"].placeholderText() == ""
    assert section.save_button.isHidden()
