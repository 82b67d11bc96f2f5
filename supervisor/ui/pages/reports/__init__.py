"""报表: reports are made, looked at, commented, signed, printed and kept."""
