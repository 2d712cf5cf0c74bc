"""Storage: atomic file writes, locks, and the media types of what notebooks output."""
