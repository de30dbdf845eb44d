"""A kill at any moment: what was recorded until the last closed segment is there, marked as without an end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from tests.services.worlds import events

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("kind", "segments"), [("SOUND", 1), ("SOUND", 3), ("FILM", 2)])
def test_the_segments_that_were_kept_are_there_after_a_kill(world, kind, segments):
    before = {path for path in world.folder.rglob("*") if path.is_file()}
    command = [
        sys.executable, "-m", "tests.gui.recording_child", str(world.folder / "anna"), world.visits[2], kind,
    ]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        promised = [int(child.stdout.readline()) for _each in range(segments)][-1]
        os.kill(child.pid, signal.SIGKILL)
    written = {path for path in world.folder.rglob("*") if path.is_file()} - before
    heads = [path.read_bytes()[:12] for path in written]

    assert not any(b"ftyp" in head or head.startswith((b"fLaC", b"RIFF")) for head in heads)
    with world.opened("anna") as anna:
        (piece,) = shown_evidence(anna, read_visit(anna.db, world.visits[2]))
        contents = [
            anna.objects.read_bytes(segment.sha256, segment.size) for segment in piece.recording.segments
        ]
        log = events(anna)
    assert len(contents) >= promised
    assert not piece.recording.is_complete
    assert all(content[:4] == b"fLaC" or content[4:8] == b"ftyp" for content in contents)
    assert "capture_started" in log
    assert "capture_ended" not in log
