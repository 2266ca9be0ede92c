"""The demo: the ceremonies of five news articles, and one open today, with made-up employees.

    governments -> stories, coming -> staging, signatures -> build     what is written, and how
    accounts, reset, summary                                           who logs in, emptying, print

Everything goes through the roster import and the services of the product, as people would do it.
Only `manage.py demo` imports this package, and only where DEBUG is on.
"""
