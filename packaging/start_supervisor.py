"""What the frozen console program runs."""

from supervisor.__main__ import main

main()
