"""Imported by the process that others are forked from: importing this module prepares that process."""

from portrait.storage.garbage import uncollected

with uncollected():
    from portrait.build.preload import import_everything

    import_everything()
