"""Incidents: flags with their follow-up and reviews, and the complaint ledger."""
