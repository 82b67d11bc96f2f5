"""人员负荷: who holds how much, who differs by more than chance, and a fairer split."""
