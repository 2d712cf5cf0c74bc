"""Checks of a published file: findings, each with a place and a fix."""
