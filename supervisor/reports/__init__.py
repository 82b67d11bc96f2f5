"""Printed reports, built from rows alone."""
