"""Coroutines that are waited for, wherever somebody is."""

import asyncio

import pytest

from netralitas.lib.coroutines import result_of


async def half(number):
    await asyncio.sleep(0)
    return number // 2


def test_the_result_is_what_the_coroutine_returns_or_raises():
    assert result_of(half(8)) == 4
    with pytest.raises(TypeError):
        result_of(half("8"))


def test_it_is_had_also_where_a_loop_is_running():
    async def within():
        return result_of(half(8))

    assert result_of(within()) == 4
