"""The engine on an Elasticsearch 8 server (ADR 0008): same tokens, same port, same sight.

Texts are cut and folded by us (``search.words.tokens``) and split by the server at blanks only, so that both
engines find exactly the same. A document carries the facts that permission, filters and orders need; no
original text is kept there, hits are read from the database.
"""
