"""Planning: missions and their drafts, sealing, assigning and issuing them, visits nobody planned."""
