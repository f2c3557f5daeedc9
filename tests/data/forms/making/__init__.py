"""Writes the test documents of `tests/data/forms` from the synthetic texts of `corpus/forms`; run by hand."""
