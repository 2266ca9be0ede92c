"""Coroutines of libraries, for code that is not asynchronous."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def result_of(coroutine):
    """What a coroutine returns, or raises; run in a thread of its own.

    Works also where an event loop runs in the caller's thread, which `asyncio.run` refuses.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
