"""Reload: from files that changed to the set in force, and back to an earlier one; last good and history on disk."""
