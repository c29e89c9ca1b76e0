"""The files of a case: listed, and sent to those who may read them."""
