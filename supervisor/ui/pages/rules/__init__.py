"""规则: packs and rules, how each did, and how administrators and compliance change them."""
