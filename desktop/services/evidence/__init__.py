"""Evidence: taking files in, showing them, giving out originals and covered copies."""
