"""Scores of visits, places of units, the figures of a period."""
