"""明察 Mingcha: offline supervision, inspection and assessment for government supervision offices."""

__version__ = "0.1.0"
