"""A small Django site for the tests."""
