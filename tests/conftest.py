"""What all tests share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A test that sets the logs of a whole process up leaves those of the next test alone."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    loggers = [
        each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)
    ]
    levels = [(each, each.level) for each in (root, *loggers)]
    configuration = structlog.get_config()
    yield
    root.handlers = handlers
    for logger, level in levels:
        if logger.level != level:
            logger.setLevel(level)
    structlog.configure(**configuration)
