"""The boards that Korean sites were made with, each a function from a dump to posts."""
