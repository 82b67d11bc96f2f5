"""Measures (product.md section 6): one definition each, used by screen, paper and export alike."""
