"""Storage: atomic file writes."""
