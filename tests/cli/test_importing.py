"""While a command imports what it needs."""

from __future__ import annotations

import gc
import signal

import pytest

from prx_dingtalk_router.cli.importing import importing


def test_no_garbage_is_collected_meanwhile() -> None:
    """Collection is off inside and on again afterwards, also after an error."""
    meanwhile: list[bool] = []

    def failing() -> None:
        with importing():
            meanwhile.append(gc.isenabled())
            raise ImportError

    with pytest.raises(ImportError):
        failing()
    assert (meanwhile, gc.isenabled()) == ([False], True)


def test_what_is_imported_is_never_looked_through() -> None:
    """Objects made inside are out of the collector's sight afterwards, those made later are not."""
    with importing():
        made: list[object] = [[]]
    later: list[object] = [[]]
    seen = {id(each) for each in gc.get_objects()}
    assert (id(made) in seen, id(later) in seen) == (False, True)


def test_collection_that_is_off_stays_off() -> None:
    """Who has turned collection off finds it off afterwards."""
    gc.disable()
    try:
        with importing():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_interrupt_meanwhile_is_not_an_exception() -> None:
    """Inside, the handler of an interrupt is the one that ends the process; afterwards the one from before."""
    before = signal.getsignal(signal.SIGINT)
    with importing():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
