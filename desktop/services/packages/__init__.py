"""What travels: writing, admitting and merging packages, receipts, quarantine, undo, conflicts."""
