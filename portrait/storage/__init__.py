"""Storage: files written whole or not at all, checksums and locks."""
