"""Keeping a workspace: backups, restoring, verification, the log in words, what waits to be done."""
