"""Summitry reads press reports and keeps a sourced register of the visits that leaders and ministers pay abroad."""

__version__ = "0.1.0"
