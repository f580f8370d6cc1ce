"""What was decided about a message, as plain data: the model, the session it belongs to, and its rendering."""
