"""上门结果: what visits come to, when, of whom, by which channel and by the rules."""
