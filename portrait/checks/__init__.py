"""Checks: findings about a published file, each with its place and its mend."""
