"""The office database: what the server itself enforces, whoever asks and with whatever program.

`decisions` says for each table who may do what, `clauses` and `functions` turn that into SQL,
`install` brings it to a server, `people` keeps the logins, `login` says who the login is.
PostgreSQL only: a SQLite file is one person's own. See docs/office.md and docs/adr/0014.
"""
