"""The help of the program: its topics, their texts, and what a link in them means. No Qt here."""
