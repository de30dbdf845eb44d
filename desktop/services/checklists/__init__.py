"""Checklists and the phrases that go with them: reading, making new versions, keeping."""
