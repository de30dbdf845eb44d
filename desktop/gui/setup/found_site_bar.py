"""Above the list of sites: that the chosen one was found on the road, what may be the same, and taking it up."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.master_data.found_sites import FoundSite, find_found_site, take_up_site


class FoundSiteBar(QFrame):
    """Hidden for a site that the office knows. ``taken_up`` and ``failed`` (a UserError) tell how it ended."""

    taken_up = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("tone", "warning")
        self._jobs = jobs
        self._found: FoundSite | None = None
        self.what_label = plain_label("", wraps=True)
        self.take_up_button = text_button(texts, lambda: _("Take it up"), "check")
        self.take_up_button.clicked.connect(self._take_up)
        texts.say(lambda _none: self._tell(), lambda: None)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self.what_label, 1)
        row.addWidget(self.take_up_button)
        self.hide()

    def ask_about(self, site_id: str) -> None:
        """Look whether this site was found on the road."""
        self._jobs.read(
            partial(find_found_site, site_id=site_id), self.show_found, self.failed.emit, name="found site"
        )

    def show_found(self, found: FoundSite | None) -> None:
        self._found = found
        self._tell()
        self.setVisible(found is not None)

    def _tell(self) -> None:
        found = self._found
        if found is None:
            return
        text = _("Found on the road by {name} on {time}; the office has not looked at it yet.")
        lines = [text.format(name=found.by, time=minute_text(found.at))]
        if found.alike:
            lines.append(_("May be the same as: {names}.").format(names=_("; ").join(found.alike)))
        if not found.has_unit:
            lines.append(
                _("Its unit is not known: choose it in the form; its visits then count for that unit.")
            )
        self.what_label.setText("\n".join(lines))
        self.take_up_button.setEnabled(found.has_unit)

    def _take_up(self) -> None:
        if self._found is not None:
            self.take_up_button.setEnabled(False)
            work = partial(take_up_site, site_id=self._found.id)
            self._jobs.write(work, lambda _id: self.taken_up.emit(), self.failed.emit)
