"""The strip of evidence on the pages of visits."""

from desktop.gui.evidence.evidence_strip import EvidenceStrip

__all__ = ["EvidenceStrip"]
