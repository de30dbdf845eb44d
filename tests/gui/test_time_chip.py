from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from desktop.domain.photo_time import Fit, TimeFit
from desktop.gui.evidence.facts_view import FactsView
from desktop.gui.evidence.tiles import TILE, sign_tile
from desktop.gui.evidence.time_chip import FIT_LOOKS, with_time_chip
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.visits.show_visit import ShownEvidence, show_visit
from tests.media.picture_samples import ascii_tag, exif, jpeg

PHOTO = ShownEvidence("1", "Z01", "ab", "a.jpg", "image/jpeg", 5, "", "", True)


@pytest.mark.parametrize("fit", Fit)
def test_only_an_odd_time_marks_a_tile(qapp, fit):
    evidence = replace(PHOTO, time_fit=TimeFit(fit, 7200))
    plain, marked = sign_tile(evidence, 1.0), with_time_chip(sign_tile(evidence, 1.0), evidence)

    assert (plain.toImage() != marked.toImage()) is fit.is_odd
    assert marked.size() == TILE
    assert fit in FIT_LOOKS
    if fit.is_odd:
        corner = QPoint(TILE.width() - 1, TILE.height() - 1)
        assert plain.toImage().pixel(corner) == marked.toImage().pixel(corner)


def test_the_facts_of_a_photo_say_how_its_time_fits(qtbot, world):
    world.open()
    world.file("a.jpg", jpeg(exif=exif(details=[ascii_tag(0x9003, "2026:11:20 06:00:00")])))
    visit = world.visits[2]
    world.record(world.anna, visit, started_at="2026-11-20T09:30:00+08:00", evidence=[{"path": "a.jpg"}])
    facts = show_evidence(world.anna, show_visit(world.anna, visit).evidence[0].id)
    view = FactsView()
    qtbot.addWidget(view)
    view.show_facts(facts)

    texts = [label.text() for label in view.findChildren(QLabel)]
    assert any("早于检查3小时30分钟" in text and "时区未知" in text for text in texts)
