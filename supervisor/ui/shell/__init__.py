"""Window, navigation, actions, theme."""
