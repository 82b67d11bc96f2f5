"""The start page: today's visits and what needs the supervisor."""
