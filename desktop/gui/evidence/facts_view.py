"""What is known of a piece of evidence, beside its picture: file, intake, what it says about itself, custody."""

from unicodedata import category

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.gui.evidence.observation_words import STATUS_TONES, key_text, status_text, value_text
from desktop.gui.evidence.time_chip import FIT_LOOKS
from desktop.gui.widgets.chip import Chip
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.media.observation import Observation, Source, Status
from desktop.services.evidence.show_evidence import CustodyLine, EvidenceFacts
from desktop.services.records.time_words import fit_text

_KEY_PX = 84
_MOST_SHOWN = 200
"""Characters of one value; the original holds the rest."""


class FactsView(QScrollArea):
    """Everything here was written by somebody else and is shown as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setProperty("look", "read")
        self.setAccessibleName(_("What is known of this file"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_facts(self, facts: EvidenceFacts) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(8)
        if facts.added:
            column.addWidget(plain_label(facts.added, "warning", wraps=True))
        for remark in facts.remarks:
            column.addWidget(plain_label(remark, "warning", wraps=True))
        _add_pairs(column, _("The file"), _file_pairs(facts))
        _add_pairs(column, _("The intake"), _intake_pairs(facts))
        self._add_observations(column, facts)
        _add_custody(column, facts.custody)
        column.addStretch(1)
        self.setWidget(content)

    def _add_observations(self, column: QVBoxLayout, facts: EvidenceFacts) -> None:
        column.addWidget(plain_label(_("What the file says about itself"), "heading"))
        if facts.metadata_state:
            column.addWidget(plain_label(facts.metadata_state, "muted", wraps=True))
            return
        column.addWidget(
            plain_label(_("Written by the camera or a program; nobody has checked it."), "muted", wraps=True)
        )
        column.addWidget(plain_label(fit_text(facts.time_fit), FIT_LOOKS[facts.time_fit.fit], wraps=True))
        given = [each for each in facts.observations if each.status is not Status.ABSENT]
        grid = _grid(column)
        for row, each in enumerate(given):
            _add_observation(grid, row, each)
        absent = [key_text(each.key) for each in facts.observations if each.status is Status.ABSENT]
        if absent:
            text = _("Not given: {names}.").format(names=_(", ").join(absent))
            column.addWidget(plain_label(text, "muted", wraps=True))
        if any(each.source is Source.GPS and each.status is Status.OK for each in given):
            note = _("Phones in China write two kinds of coordinates; the place may be off by 500 m.")
            column.addWidget(plain_label(note, "muted", wraps=True))


def _file_pairs(facts: EvidenceFacts) -> tuple[tuple[str, str], ...]:
    name_raw = facts.name_raw if facts.name_raw != facts.name else ""
    return (
        (_("File name"), facts.name),
        (_("Name as it came"), _with_marks_shown(name_raw)),
        (_("Kind"), facts.mime),
        (_("Size"), size_text(facts.size)),
        ("SHA-256", _in_groups(facts.sha256)),
    )


def _intake_pairs(facts: EvidenceFacts) -> tuple[tuple[str, str], ...]:
    return (
        (_("Caption"), facts.caption),
        (_("The item it belongs to"), facts.item),
        (_("Taken in at"), facts.taken_in_at),
        (_("Came as"), capture_text(facts.capture_mode)),
        (_("File changed"), facts.source_modified_at),
        (_("Taken by"), facts.taken_by),
        (_("Place"), facts.place),
        (_("Log entry"), facts.seal),
    )


def _add_pairs(column: QVBoxLayout, title: str, pairs: tuple[tuple[str, str], ...]) -> None:
    column.addWidget(plain_label(title, "heading"))
    grid = _grid(column)
    for row, (name, text) in enumerate((name, text) for name, text in pairs if text):
        _add_cell(grid, row, name, text)


def _add_custody(column: QVBoxLayout, lines: tuple[CustodyLine, ...]) -> None:
    column.addWidget(plain_label(_("Custody"), "heading"))
    for line in lines:
        who = f" · {line.who}" if line.who else ""
        column.addWidget(plain_label(f"{line.at}{who}", "muted", wraps=True))
        column.addWidget(plain_label(line.what, wraps=True))


def _add_observation(grid: QGridLayout, row: int, observation: Observation) -> None:
    _add_cell(grid, row, key_text(observation.key), value_text(observation)[:_MOST_SHOWN])
    if observation.status is not Status.OK:
        chip = Chip(status_text(observation.status), STATUS_TONES[observation.status])
        grid.addWidget(chip, row, 2, Qt.AlignmentFlag.AlignTop)


def _add_cell(grid: QGridLayout, row: int, name: str, text: str) -> None:
    key = plain_label(name, "muted", wraps=True)
    key.setFixedWidth(_KEY_PX)
    value = plain_label(_breakable(text), wraps=True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)


def _in_groups(sha256: str) -> str:
    """Four lines of two groups, to be compared by eye."""
    lines = (f"{sha256[at : at + 8]} {sha256[at + 8 : at + 16]}" for at in range(0, len(sha256), 16))
    return "\n".join(lines)


def _with_marks_shown(name: str) -> str:
    """What cannot be seen, or turns the reading direction, as its number."""
    hidden = ("Cc", "Cf", "Cs", "Co", "Cn")
    return "".join(f"\\u{ord(sign):04x}" if category(sign) in hidden else sign for sign in name)


def capture_text(mode: str) -> str:
    """How the file came; what a newer version writes stands as it is."""
    return {
        "现场拍摄": _("taken with this program"),
        "设备导入": _("from a camera, card or stick"),
        "文件导入": _("from a file"),
        "纸质扫描": _("scanned from paper"),
        "派生制作": _("made from other evidence"),
    }.get(mode, mode)


def _breakable(text: str) -> str:
    """A name of a hundred letters without a blank would widen the whole column."""
    return "\u200b".join(text[at : at + 12] for at in range(0, len(text), 12)) if " " not in text else text


def _grid(column: QVBoxLayout) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    column.addLayout(grid)
    return grid


def size_text(size_bytes: int) -> str:
    """“2.4 MB · 2,516,582 bytes”; whole bytes below one kilobyte."""
    exact = _("{count} bytes").format(count=f"{size_bytes:,}")
    return exact if size_bytes < 1024 else f"{short_size(size_bytes)} · {exact}"


def short_size(size_bytes: int) -> str:
    """“2.4 MB”, in units of 1024."""
    if size_bytes < 1024:
        return _("{count} bytes").format(count=size_bytes)
    units = ("KB", "MB", "GB")
    power = min((size_bytes.bit_length() - 1) // 10, len(units))
    return f"{size_bytes / 1024**power:,.1f} {units[power - 1]}"
