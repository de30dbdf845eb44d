"""What is shown beside the list of nodes: one of them, or a card that somebody wants to enroll."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel

from desktop.gui.setup.node_words import kind_text, known_time, status_text
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fingerprint_panel import FingerprintPanel
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.setup.enroll_node import ProposedNode
from desktop.services.setup.list_nodes import NodeLine


class NodePanel(Card):
    """One node with its fingerprint. ``revoke_wanted``: the person wants it trusted no longer."""

    revoke_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.name_label = CutLabel("", "heading")
        self.fingerprint = FingerprintPanel()
        self._rows = _Facts(texts)
        self._rows.add("kind", lambda: _("Kind of node"))
        self._rows.add("person", lambda: _("Person"))
        self._rows.add("enrolled", lambda: _("Enrolled on"))
        self._rows.add("package", lambda: _("Last package from it"))
        self._rows.add("revoked", lambda: _("Revoked on"))
        self.reason_label = plain_label("", "muted", wraps=True)
        self.revoke_button = text_button(texts, lambda: _("Revoke …"), "ban")
        self.revoke_button.clicked.connect(self.revoke_wanted)
        caption = plain_label("", "muted")
        texts.say(caption.setText, lambda: _("Fingerprint, to be compared aloud"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.revoke_button)
        self.content.addWidget(self.name_label)
        self.content.addLayout(self._rows)
        self.content.addWidget(caption)
        self.content.addWidget(self.fingerprint)
        self.content.addWidget(self.reason_label)
        self.content.addStretch(1)
        self.content.addLayout(buttons)

    def show_node(self, node: NodeLine) -> None:
        self.name_label.setText(node.name)
        self.fingerprint.show_fingerprint(node.fingerprint)
        is_other = node.status != "own"
        self._rows.put("kind", f"{kind_text(node.kind)} · {status_text(node)}")
        self._rows.put("person", node.person)
        self._rows.put("enrolled", known_time(node.enrolled_at), is_shown=is_other and not node.is_our_office)
        self._rows.put("package", known_time(node.last_package_at), is_shown=is_other)
        self._rows.put("revoked", minute_text(node.revoked_at), is_shown=bool(node.revoked_at))
        because = node.revoked_because
        self.reason_label.setText(_("Reason: {reason}").format(reason=because) if because else "")
        self.reason_label.setVisible(bool(because))
        self.revoke_button.setVisible(node.status == "enrolled" and not node.is_our_office)


class EnrollPanel(Card):
    """A card that waits for its yes, which needs the tick that its digits were compared."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.proposed: ProposedNode | None = None
        heading_label = plain_label("", "heading")
        texts.say(heading_label.setText, lambda: _("Enroll this computer?"))
        self._rows = _Facts(texts)
        self._rows.add("name", lambda: _("Name"))
        self._rows.add("kind", lambda: _("Kind of node"))
        self._rows.add("person", lambda: _("Person"))
        self._rows.add("made", lambda: _("Card made on"))
        self.note = NoteBar(texts)
        self.fingerprint = FingerprintPanel()
        explanation = plain_label("", wraps=True)
        texts.say(explanation.setText, _how_to_compare)
        self.compared_box = QCheckBox()
        texts.say(
            self.compared_box.setText, lambda: _("All eight groups have been compared and are the same")
        )
        self.cancel_button = text_button(texts, lambda: _("Cancel"))
        self.enroll_button = text_button(texts, lambda: _("Enroll"), is_primary=True)
        self.compared_box.toggled.connect(self.enroll_button.setEnabled)
        self.enroll_button.clicked.connect(self.confirmed)
        self.cancel_button.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.enroll_button)
        self.content.addWidget(heading_label)
        self.content.addLayout(self._rows)
        self.content.addWidget(self.fingerprint)
        self.content.addWidget(explanation)
        self.content.addWidget(self.note)
        self.content.addStretch(1)
        self.content.addWidget(self.compared_box)
        self.content.addLayout(buttons)

    def propose(self, proposed: ProposedNode) -> None:
        self.proposed = proposed
        card = proposed.card
        self._rows.put("name", card.name)
        self._rows.put("kind", kind_text(card.kind))
        self._rows.put("person", card.person_name)
        self._rows.put("made", card.created[:10])
        self.fingerprint.show_fingerprint(proposed.fingerprint)
        self.note.hide()
        if _warning(proposed):
            self.note.show_warning(partial(_warning, proposed))
        self.compared_box.setChecked(False)
        self.enroll_button.setEnabled(False)
        self.compared_box.setFocus(Qt.FocusReason.OtherFocusReason)


class _Facts(FieldForm):
    """Short facts with their names; one that says nothing can be left out."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self.setVerticalSpacing(2)
        self._labels: dict[str, CutLabel] = {}

    def add(self, key: str, name: Callable[[], str]) -> None:
        label = CutLabel()
        label.setMinimumHeight(26)
        self._labels[key] = label
        self.add_field(name, label)
        caption = self.labelForField(label)
        if isinstance(caption, QLabel):
            caption.setMinimumHeight(26)
            caption.setProperty("look", "muted")

    def put(self, key: str, text: str, *, is_shown: bool = True) -> None:
        self._labels[key].setText(text)
        self.setRowVisible(self._labels[key], is_shown)


def _how_to_compare() -> str:
    return _(
        "Call the person of the other computer. Read the digits aloud to each other, from this screen and from that"
        " one. If one group differs, the card was exchanged on its way: cancel."
    )


def _warning(proposed: ProposedNode) -> str:
    if proposed.status == "revoked":
        return _("This computer was revoked. Enrolling it again trusts its key again.")
    if proposed.is_other_card:
        return _(
            "A computer with this number is enrolled with another card. Its old keys would no longer count."
        )
    if proposed.status == "enrolled":
        return _("This computer is enrolled already with this very card; nothing would change.")
    return ""
