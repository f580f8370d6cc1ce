"""Time as the language knows it: hours, holidays, zones, durations. One reader of each, for rules and settings."""
