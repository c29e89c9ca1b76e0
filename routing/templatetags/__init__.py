"""Parts of the dispatcher's pages."""
