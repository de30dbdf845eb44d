"""Camera and microphone: sources, recordings in segments, and the small window in which they are used."""
