"""Why an engine cannot be asked, in the sentences that logs and commands print and pages translate.

A server's own error is never repeated to a person: it may quote what was sent to it.
"""

NO_INDEX = "The search server has no index: run rebuild_index."
OTHER_SCHEME = "The index was made by another version of the product: run rebuild_index."
SILENT = "The search server does not answer."
REFUSED = "The search server refuses the user or the password of ELASTICSEARCH_URL."
LOCKED = "The search server takes nothing in: its disk may be full."
FOREIGN = "What answers at ELASTICSEARCH_URL is no Elasticsearch 8."
UNTRUSTED = "The certificate of the search server is not trusted: see ELASTICSEARCH_CA."
UNTOLD = "The search server refused to tell its state: see the log."
WANT_REBUILD = frozenset({NO_INDEX, OTHER_SCHEME})
