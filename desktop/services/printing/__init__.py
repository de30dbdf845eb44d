"""Forms on paper: what they are filled with, preview, PDF and printer."""
