"""What old boards kept as the body of a post, as HTML that an editor of this site could have written.

It only puts in order; what may be stored is still the sanitiser's to say (publishing.richtext).
"""

from .bodies import Body, Picture, convert

__all__ = ["Body", "Picture", "convert"]
