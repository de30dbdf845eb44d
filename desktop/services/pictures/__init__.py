"""What pieces of evidence have to do with each other: the same bytes, the same scene, before and after, derived."""
