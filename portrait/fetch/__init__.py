"""Fetch: official files found, downloaded, checked and recorded. The only room with a network."""
