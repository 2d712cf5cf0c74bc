"""Imported by the process that others are forked from: importing this module prepares that process."""

import gc

from portrait.build.preload import import_everything

import_everything()
# What is here lives as long as the forked processes: a collection would copy every page that they share.
gc.freeze()
