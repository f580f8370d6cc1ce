"""Stream Mode without sockets: frames, answers, registration, the life of a connection, liveness, backoff."""
