"""Units, people, targets and sites: forms and spreadsheets, and the profile of the office."""
