"""A mission is saved, sealed, issued, written to a stick and withdrawn."""

from desktop.i18n import _
from desktop.services.missions.plan_mission import drafted_objects
from desktop.storage.records import all_rows
from tests.gui.mission_pages import PASSPHRASE, choose, fill, look, missions, saved


def test_a_sealed_mission_is_proposed_for_a_laptop_before_this_computer(qtbot, page, editor):
    shown = [page.panel.node_field.itemData(row) for row in range(page.panel.node_field.count())]
    own = [node.id for node in editor.choices.nodes if node.is_own]

    assert shown[-len(own) :] == own


def test_a_draft_is_saved_opened_changed_and_issued(qtbot, page, editor):
    fill(editor)
    assert saved(qtbot, page, page.save_button.click) == _(
        "The mission is saved as a draft; nothing has left this computer."
    )
    page.back_button.click()
    qtbot.waitUntil(lambda: page.missions.rowCount() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: page.panel.mission.title == "三季度督查", timeout=10_000)
    page.panel.edit_button.click()
    qtbot.waitUntil(editor.isVisible, timeout=10_000)
    assert [draft.node for draft in editor.visits.visits()] != ["", ""]
    editor.basics.title_field.setText("四季度督查")

    assert saved(qtbot, page, page.issue_button.click) == _("The mission is issued.")
    found = missions(qtbot, page)
    assert found["四季度督查"]["status"] == "已下达"
    qtbot.waitUntil(lambda: page.visits.rowCount() == 2, timeout=10_000)


def test_a_covert_mission_is_sealed_by_the_pass_phrase_typed_twice(qtbot, page, editor):
    fill(editor, title="暗访大厅")
    editor.basics.mode_field.setCurrentIndex(1)
    editor.secrecy.cover_field.setText("资料整理")
    page.issue_button.click()
    assert editor.secrecy.problem("passphrase")
    editor.secrecy.passphrase_field.setText(PASSPHRASE)
    editor.secrecy.again_field.setText(PASSPHRASE + "x")
    assert editor.secrecy.problem("again") == _("The two pass phrases differ.")
    editor.secrecy.again_field.setText(PASSPHRASE)

    assert saved(qtbot, page, page.issue_button.click) == _("The mission is issued.")
    row = missions(qtbot, page)["资料整理"]
    assert (row["is_sealed"], row["status"], row["visits"]) == (1, "已下达", None)
    assert editor.secrecy.passphrase_field.text() == ""
    assert look(qtbot, page, lambda w: drafted_objects(w, row["id"])) is None
    page.deeds.unseal(PASSPHRASE)
    qtbot.waitUntil(
        lambda: page.note.problem_label.text() == _("The mission is open on this computer."), timeout=20_000
    )


def test_a_sealed_mission_is_given_to_a_computer_later(qtbot, page, editor):
    fill(editor, title="暗访大厅")
    editor.basics.mode_field.setCurrentIndex(1)
    editor.secrecy.cover_field.setText("资料整理")
    for field in (editor.secrecy.passphrase_field, editor.secrecy.again_field):
        field.setText(PASSPHRASE)
    saved(qtbot, page, editor.seal_button.click)
    qtbot.waitUntil(lambda: page.panel.mission.title == "资料整理", timeout=10_000)
    qtbot.waitUntil(page.panel.issue_button.isVisible, timeout=10_000)
    choose(page.panel.node_field, "王五")

    assert saved(qtbot, page, page.panel.issue_button.click) == _("The mission is issued.")
    assert missions(qtbot, page)["资料整理"]["status"] == "已下达"


def test_the_packages_are_written_read_back_and_open_on_the_laptop(qtbot, page, editor, tmp_path, world):
    fill(editor)
    saved(qtbot, page, page.issue_button.click)
    qtbot.waitUntil(lambda: page.panel.mission.title == "三季度督查", timeout=10_000)
    folder = tmp_path / "stick"
    folder.mkdir()

    text = saved(qtbot, page, lambda: page.deeds.write_packages_to(folder))

    assert text == _("Packages written and read back: {count}.").format(count=1)
    # Not with the button beside it, which withdraws the mission.
    assert page.panel.package_button.hasFocus()
    (written,) = [page.panel.written.row(0)]
    assert written.node == "外业欧阳㛃"
    with world.opened("anna") as anna:
        assert world.merge(anna, folder / written.file)[0].outcome == "applied"
        assert len(all_rows(anna.db, "mission")) == 2


def test_a_folder_that_is_gone_is_told_beside_the_list(qtbot, page, tmp_path):
    text = saved(qtbot, page, lambda: page.deeds.write_packages_to(tmp_path / "gone" / "away"))

    assert text == _("Packages that could not be written: {count} of {all}.").format(count=2, all=2)
    assert page.panel.written.row(0).problem is not None


def test_a_mission_is_withdrawn_with_its_reason(qtbot, page):
    assert saved(qtbot, page, lambda: page.deeds.withdraw("改期")) == _("The mission is withdrawn.")

    qtbot.waitUntil(lambda: page.panel.mission.status == "已撤回", timeout=10_000)
    assert not page.panel.withdraw_button.isVisible()
    assert page.panel.package_button.isVisible()


def test_a_refusal_of_the_service_is_shown_and_the_form_stays(qtbot, page, editor):
    fill(editor, title="甲")
    editor.basics.number_field.setText("YZDC-1")
    saved(qtbot, page, page.issue_button.click)
    page.new_button.click()
    qtbot.waitUntil(editor.isVisible, timeout=10_000)
    fill(editor, title="乙")
    editor.basics.number_field.setText("YZDC-1")

    text = saved(qtbot, page, page.save_button.click)

    assert text == _("There is already a mission with the number {no}: “{title}”.").format(
        no="YZDC-1", title="甲"
    )
    assert editor.isVisible()
    assert editor.basics.title_field.text() == "乙"
