"""Published pages, kept in memory in front of Django: `layer.Store` is the WSGI callable.

Read in this order: `layer` (what happens to a request), `admission` (who is answered from here, and
by which key), `rendering` (what may be kept), `pages` (what is kept, and in how many bytes),
`clock` (how it learns that the record has changed). docs/caching.md says what it means for a site.
"""
