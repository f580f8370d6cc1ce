"""The admin address: health, metrics, status, reload and rollback over HTTP, for operators and their programs."""
