"""What changed between two editions as they were published."""
