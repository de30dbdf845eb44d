"""How long a recording is, as a recorder shows it."""


def length_text(duration_ms: int) -> str:
    """“01:05”, and “1:00:05” from an hour on."""
    minutes, seconds = divmod(duration_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
