"""The headless core: tables, rules, queries, commands, migrations."""
