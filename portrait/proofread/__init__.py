"""Proofread source notebooks: what must be fixed before they are committed or published."""
