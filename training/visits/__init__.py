"""Fitting of the scales that are shipped with the reading of visits."""
