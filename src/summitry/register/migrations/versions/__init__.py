"""Migrations of the register's schema, shipped with the program."""
