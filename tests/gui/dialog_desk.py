"""Opens every dialog and window beside the main one, over a world with something to show in each."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import (
    QApplication,
)

from desktop.domain.answer import Answer
from desktop.domain.draw import Candidate, Lot
from desktop.domain.draw_record import make_draw
from desktop.domain.marks import WHOLE, Mark, MarkKind
from desktop.domain.signing import UNIT
from desktop.errors import UserError
from desktop.gui.missions.draw_dialog import DrawDialog
from desktop.gui.signing.signatures_view import SignaturesView
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedVisit,
    begin_unplanned_visit,
    unplanned_choices,
)
from desktop.services.missions.mission_draws import MissionDraw
from desktop.services.pictures.pair_photos import pair_photos
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.finish_visit import submit_visit
from tests.gui.generated_source import GeneratedDevices
from tests.media.picture_samples import exif, gps_tags, jpeg
from tests.services.signing_hands import sign

LONG_MS = 30_000
ERROR = UserError(
    "请补全三项内容；点位可以不填，但是名录中没有的单位必须写明全称。" * 2,
    "请写明单位、检查表和检查方式后再试一次。" * 2,
)
FACTS = "现场仍有两处裸土未覆盖，喷淋设施未开启，值守人员无法说明原因。" * 3


def made_draws():
    """One that can be drawn again, and one of a later version."""
    sites = (Lot("s1", "滨河路渣土临时堆场"), Lot("s2", "行政服务大厅"))
    units = tuple(Candidate(f"u{n}", f"云泽市第{n}市政务服务和大数据管理局", sites) for n in range(30))
    by, at = Lot("p", "王芳"), "2026-11-20T09:30:00+08:00"
    record = make_draw(units, 8, "5eed" * 8, at=at, by=by, witness="李见证")
    return (MissionDraw("9f" * 32, record), MissionDraw("8e" * 32, None))


def visit_of(workspace, mode):
    choices = unplanned_choices(workspace)
    return begin_unplanned_visit(
        workspace, UnplannedVisit("澄湖区人民政府", "滨河路渣土临时堆场", choices.checklists[0].id, mode)
    )


def made_visits(world):
    """One visit being recorded, with evidence and a pair of photos; a covert one; one to be signed; a signed one."""
    world.open()
    anna = world.anna
    visits = {"open": world.visits[2], "signed": world.visits[0]}
    earlier = attach_evidence(anna, visits["signed"], [world.file("before.jpg", jpeg((400, 300)))])
    world.clock.go_on()
    photo = world.file("现场照片.jpg", jpeg((800, 600), exif=exif(gps=gps_tags())))
    taken = attach_evidence(anna, visits["open"], [photo, world.file("扫描件.pdf", b"%PDF-1.7 " + bytes(99))])
    world.clock.go_on()
    pair_photos(anna, after_id=taken[0], before_id=earlier[0])
    for name, mode in (("covert", "暗访"), ("hand", "明查")):
        visits[name] = visit_of(anna, mode)
        opened = open_visit(anna, visits[name])
        save_answer(anna, visits[name], Answer(1, deduct=Decimal(2), facts=FACTS), opened.base_ctx)
    team = ("王五", "李四")
    head = {"team": team, "unit_rep": "陈主任", "unit_opinion": "属实", "conclusion": FACTS}
    submit_visit(anna, visits["hand"], replace(open_visit(anna, visits["hand"]).head, **head))
    sign(world, visits["hand"], UNIT, "陈主任")
    world.close()
    return visits


class Desk:
    """Opens one window after the other over the main one, the way the pages do it."""

    def __init__(self, qtbot, window, visits):
        self._qtbot, self._window, self._visits = qtbot, window, visits

    def settle(self):
        for _round in range(2):
            self._qtbot.wait(15)
            self._qtbot.waitUntil(lambda: self._window.jobs.is_quiet, timeout=LONG_MS)

    def newest(self):
        self._qtbot.waitUntil(lambda: bool(self._beside()), timeout=LONG_MS)
        self.settle()
        return QApplication.activeModalWidget() or self._beside()[-1]

    def close_all(self):
        while self._beside():
            (QApplication.activeModalWidget() or self._beside()[-1]).close()
            self.settle()

    def visit(self, name):
        self._window.show_page("visit", self._visits[name])
        page = self._window.pages["visit"]
        wanted = self._visits[name]
        self._qtbot.waitUntil(lambda: page.visit is not None and page.visit.id == wanted, timeout=LONG_MS)
        return page

    def page(self, name):
        self._window.show_page(name)
        self.settle()
        return self._window.pages[name]

    def evidence(self, number):
        page = self.visit("open")
        self._qtbot.waitUntil(lambda: page.strip.count() == 2, timeout=LONG_MS)
        page.strip.evidence_opened.emit(page.strip.evidence[number])
        return self.newest()

    def _beside(self):
        tops = QApplication.topLevelWidgets()
        return [top for top in tops if top is not self._window and top.isVisible() and top.windowTitle()]

    def faces(self):
        """Every dialog in every state, as (its name, the window)."""
        for name, opener in self._openers().items():
            for state in opener():
                window = self.newest()
                yield f"{name} {state}".strip(), window
            self.close_all()

    def _openers(self):
        names = [name for name in dir(self) if name.startswith("open_")]
        return {name.removeprefix("open_"): getattr(self, name) for name in names}

    def open_about(self):
        self._window.sidebar.about_wanted.emit()
        yield ""

    def open_crash(self):
        self._window.report_crash(ValueError, ValueError(), None)
        yield ""

    def open_keys(self):
        self.visit("open").show_keys()
        yield ""

    def open_phrases(self):
        self.visit("open").ask_phrase()
        yield ""
        self.newest().note.show_problem(ERROR)
        yield "refused"

    def open_team(self):
        self.visit("open").ask_team()
        yield ""
        self.newest().note.show_problem(ERROR)
        yield "refused"

    def open_finish(self):
        self.visit("open").ask_finish()
        yield ""
        self.close_all()
        self.visit("hand").ask_finish()
        yield "submitted"

    def open_identity(self):
        page = self.visit("covert")
        head = replace(page.state.head, identity_shown_at="2026-11-20T10:30:00+08:00")
        page.identity.ask(page.state, head)
        yield ""
        self.close_all()
        for number in range(1, 15):
            page.state.put(Answer(number, facts="见"))
        page.identity.ask(page.state, head)
        yield "all items"

    def open_interviews(self):
        self.visit("open").show_interviews()
        dialog = self.newest()
        self._qtbot.waitUntil(lambda: dialog.list.count() > 0, timeout=LONG_MS)
        dialog.fields.lines["person"].setText("被谈话人")
        for number in range(3):
            dialog._show_tab(number)
            yield f"tab {number + 1}"
        dialog._take()
        dialog.removal.remove_button.click()
        yield "to remove"
        dialog.removal.ask_bar.yes_button.click()
        self._qtbot.waitUntil(dialog.removal.back_button.isVisible, timeout=LONG_MS)
        yield "removed"

    def open_correction(self):
        page = self.visit("signed")
        page.correction._ask_reason()
        yield ""
        self.close_all()
        page.correction.versions_button.click()
        yield "versions"

    def open_signing(self):
        self.visit("hand").ask_signatures()
        dialog = self.newest()
        yield ""
        dialog.signers_view.selectRow(dialog.signers.rowCount() - 1)
        yield "leader"
        dialog.signers_view.selectRow(0)
        dialog.refuse_button.click()
        yield "refusal"
        dialog.note.show_problem(ERROR)
        yield "refused"

    def open_signed_text(self):
        page = self.page("results")
        self._qtbot.waitUntil(lambda: page.visits.rowCount() > 0, timeout=LONG_MS)
        page.open_item(self._visits["hand"])
        self._qtbot.waitUntil(
            lambda: page.visit_view.shown is not None and page.visit_view.shown.id == self._visits["hand"]
        )
        self.settle()
        page.visit_view.findChild(SignaturesView).text_buttons[0].click()
        yield ""

    def open_evidence(self):
        dialog = self.evidence(0)
        self._qtbot.waitUntil(lambda: dialog.picture_view.has_picture, timeout=LONG_MS)
        yield "photo"
        dialog.mark_bar.begin_button.click()
        box = Mark(MarkKind.BOX, 0, 0, WHOLE // 2, WHOLE // 2)
        dialog.picture_view.pen.set_marks((box,))
        dialog.mark_bar._allow()
        yield "marks"
        dialog.mark_bar.tool_buttons[MarkKind.TEXT].click()
        yield "words"
        dialog.note.show_problem(ERROR)
        yield "refused"
        self.close_all()
        self.evidence(1)
        yield "document"

    def open_pair(self):
        dialog = self.evidence(0)
        self._qtbot.waitUntil(lambda: dialog.picture_view.has_picture, timeout=LONG_MS)
        dialog.pair_button.click()
        yield "chooser"
        self.newest().close()
        dialog.side.show_pair(dialog.evidence.id)
        yield ""

    def open_paper(self):
        self.page("today").paper_button.click()
        yield ""
        dialog = self.newest()
        dialog.fields.visit_field.setCurrentIndex(dialog.fields.visit_field.count() - 1)
        dialog.note.show_problem(ERROR)
        yield "not planned, refused"
        dialog.started_field.edit.setText("2026-11-19 14:00")
        dialog.reject()
        yield "asks"
        dialog.ask_bar.yes_button.click()

    def open_unplanned(self):
        self.page("today").unplanned_button.click()
        yield ""
        self.newest().note.show_problem(ERROR)
        yield "refused"

    def open_passphrase(self):
        self.page("today")._ask_passphrase()
        yield ""

    def open_draw(self):
        for draws, state in ((made_draws(), ""), (made_draws()[1:], "of a later version")):
            dialog = DrawDialog(self._window.jobs, "no mission", draws, self._window)
            dialog.open()
            yield state
            dialog.note.show_problem(ERROR)
            yield f"{state} refused"
            self.close_all()

    def open_print(self):
        self.page("print")._show_printers(("HP LaserJet Pro M405", "Canon iR-ADV C3520"))
        yield ""
        self.newest().note.show_problem(ERROR)
        yield "refused"

    def open_notes(self):
        self.visit("covert").show_notes()
        yield ""
        self.newest().note.show_problem(ERROR)
        yield "refused"
        self._window.pages["visit"]._close_notes()

    def open_camera(self):
        desk = self.visit("open").evidence.capture
        for devices, state in ((GeneratedDevices(), ""), (GeneratedDevices((), ()), "no device")):
            desk.devices = devices
            desk.open()
            yield state
            desk.leave()
            self.settle()

    def open_manual(self):
        self._window.show_help()
        self._qtbot.waitUntil(lambda: self._window.manual.manual is not None, timeout=LONG_MS)
        yield ""
