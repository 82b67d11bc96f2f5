"""One folder per screen: page (widgets) and presenter (decisions)."""
