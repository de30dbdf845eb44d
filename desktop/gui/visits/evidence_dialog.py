"""The window that shows one piece of evidence, for the pages of visits."""

from desktop.gui.evidence.evidence_dialog import EvidenceDialog

__all__ = ["EvidenceDialog"]
